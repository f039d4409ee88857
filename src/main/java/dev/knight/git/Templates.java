package dev.knight.git;

import dev.knight.home.KnightHome;
import dev.knight.home.OtherProgram;
import dev.knight.home.OtherProgram.Ended;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The templates of all mirrors: {@code MIRROR/templates/COMMIT}. Each is made once, under another
 * name until it is whole, and nothing in it changes. For any thread.
 */
final class Templates {
  private static final Pattern NAME = Pattern.compile("([0-9a-f]{40})|\\.([0-9a-f]{40})\\.\\w+");

  /** The next jobs of a repository mostly begin where the last one did. */
  private static final int SPARE = 1;

  private static final int LOCKS = 64;

  /** The disk may have much else to write. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final KnightHome home;

  /** Two templates may share one, and then wait for each other. */
  private final List<ReentrantLock> locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

  Templates(KnightHome home) {
    this.home = home;
  }

  /** Where the template of {@code commit} is, made or not. */
  static Template at(BareRepository mirror, Commit commit) {
    return new Template(all(mirror).resolve(commit.toString()));
  }

  private static Path all(BareRepository mirror) {
    return mirror.path().resolve("templates");
  }

  /**
   * The template of {@code commit}: the one that is there, or a new one. That it is used is on
   * record already: {@link #tidy} asks for that.
   */
  Template of(BareRepository mirror, Commit commit, Checkout checkout) throws IOException {
    Template template = at(mirror, commit);
    return alone(
        template,
        () -> {
          if (!Files.isDirectory(template.directory(), LinkOption.NOFOLLOW_LINKS)) {
            make(mirror, commit, checkout);
          }
          return template;
        });
  }

  private void make(BareRepository mirror, Commit commit, Checkout checkout) throws IOException {
    Template making = sibling(mirror, commit, "making");
    Removal.of(making.directory());
    home.make(making.files());
    checkout.write(mirror.tree(commit), making.files(), making.index());
    sync(making.directory());
    Files.move(making.directory(), at(mirror, commit).directory(), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Returns when all of {@code directory} is on the disk: a file that a power cut emptied would be
   * a change of every job that lies over it. One call for all files, as Java has none.
   */
  private static void sync(Path directory) throws IOException {
    try {
      boolean done =
          new OtherProgram(List.of("sync", "-f", directory.toString()), Map.of())
              .run(PATIENCE)
              .filter(Ended::isGood)
              .isPresent();
      if (!done) {
        throw new IOException("A template could not be brought to the disk");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while a template was brought to the disk");
    }
  }

  /** Removes what no worktree lies over, but for the one that was made last. */
  void tidy(BareRepository mirror) throws IOException {
    Map<Commit, FileTime> made = new HashMap<>();
    for (Commit commit : commits(mirror)) {
      Path directory = at(mirror, commit).directory();
      made.put(
          commit,
          Files.isDirectory(directory)
              ? Files.getLastModifiedTime(directory)
              : FileTime.fromMillis(0));
    }
    List<Commit> old =
        made.keySet().stream()
            .sorted(Comparator.comparing(made::get).reversed())
            .skip(SPARE)
            .toList();
    for (Commit commit : old) {
      Template template = at(mirror, commit);
      boolean _ = alone(template, () -> remove(mirror, commit));
    }
  }

  private static boolean remove(BareRepository mirror, Commit commit) throws IOException {
    if (LinkedWorktree.below(mirror).contains(commit)) {
      return false;
    }
    Path removing = sibling(mirror, commit, "removing").directory();
    Removal.of(removing);
    if (Files.exists(at(mirror, commit).directory())) {
      Files.move(at(mirror, commit).directory(), removing, StandardCopyOption.ATOMIC_MOVE);
    }
    Removal.of(removing);
    Removal.of(sibling(mirror, commit, "making").directory());
    return true;
  }

  /** All of which there is a template, or a part of one. */
  private static Set<Commit> commits(BareRepository mirror) throws IOException {
    List<Commit> commits = new ArrayList<>();
    if (Files.isDirectory(all(mirror))) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(all(mirror))) {
        for (Path entry : entries) {
          Matcher name = NAME.matcher(entry.getFileName().toString());
          if (name.matches()) {
            commits.add(new Commit(name.group(1) == null ? name.group(2) : name.group(1)));
          }
        }
      }
    }
    return Set.copyOf(commits);
  }

  private static Template sibling(BareRepository mirror, Commit commit, String stage) {
    return new Template(all(mirror).resolve("." + commit + "." + stage));
  }

  private <T> T alone(Template template, DiskWork<T> work) throws IOException {
    ReentrantLock lock = locks.get(Math.floorMod(template.hashCode(), LOCKS));
    lock.lock();
    try {
      return work.run();
    } finally {
      lock.unlock();
    }
  }
}
