package dev.knight.git;

import dev.knight.job.RefusedException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/**
 * Writes a tree to empty directories, with the line endings that git gives it: no filter, no
 * encoding, no submodule. Directories that wait for the same tree at the same time get it together,
 * so that each blob is read once. The tree may be malicious, so each file is new and no link is
 * followed. All directories are there before the first file or link, so nothing is ever written
 * through a link of the tree.
 */
final class Checkout {
  /** So many files are taken at a time: neighbours lie close in a pack. */
  private static final int SHARE = 64;

  private final Repository git;
  private final int mostFiles;
  private final SpareCores cores;
  private final Rounds<Wanted> rounds;

  /** What a round of checkouts writes. */
  record Wanted(Repository git, ObjectId tree, int most) {}

  Checkout(Repository git, int mostFiles, SpareCores cores, Rounds<Wanted> rounds) {
    this.git = git;
    this.mostFiles = mostFiles;
    this.cores = cores;
    this.rounds = rounds;
  }

  /**
   * Writes {@code tree} to {@code directory}, and to {@code index} what git's own index would say
   * of it.
   *
   * @throws RefusedException if the tree has too many files, or names that no tree should have
   */
  void write(ObjectId tree, Path directory, Path index) throws IOException {
    Destination destination = Destination.of(directory, index);
    rounds.join(new Wanted(git, tree, mostFiles), destination, all -> write(tree, all));
    try {
      destination.await();
    } catch (FileAlreadyExistsException e) {
      throw new RefusedException("The repository holds two files of one name: " + e.getFile(), e);
    }
  }

  private void write(ObjectId tree, List<Destination> all) throws IOException {
    Outline outline = Outline.read(git, tree, mostFiles);
    FileTime date = date(all.getFirst());
    cores.share(all.size(), number -> directories(outline.directories(), all.get(number)));
    files(outline.files(), all, date);
    cores.share(all.size(), number -> index(outline.files(), all.get(number)));
  }

  /**
   * A time before all that is written, which all files get: git reads each file again that is no
   * older than its index, as it may have been changed since, and would have to read them all.
   */
  private static FileTime date(Destination first) {
    return FileTime.from(first.made().toInstant().minusSeconds(2));
  }

  private static void directories(List<Path> directories, Destination to) {
    to.write(() -> {
      for (Path each : directories) {
        Files.createDirectory(to.directory().resolve(each));
      }
    });
  }

  /** Writes all {@code files}, and notes what git has to know of each. */
  private void files(List<DirCacheEntry> files, List<Destination> all, FileTime date)
      throws IOException {
    TreeLines lines = lines(files);
    cores.share(
        Math.ceilDiv(files.size(), SHARE),
        number -> {
          if (all.stream().allMatch(Destination::hasEnded)) {
            return; // nobody wants them any more
          }
          int from = number * SHARE;
          try (ObjectReader reader = git.newObjectReader()) {
            for (DirCacheEntry file : files.subList(from, Math.min(from + SHARE, files.size()))) {
              write(reader, file, lines.of(file.getRawPath()), all, date);
            }
          }
        });
  }

  private TreeLines lines(List<DirCacheEntry> files) throws IOException {
    try (ObjectReader reader = git.newObjectReader()) {
      return TreeLines.read(reader, files);
    }
  }

  private static void write(
      ObjectReader reader,
      DirCacheEntry entry,
      LineEndings lines,
      List<Destination> all,
      FileTime date)
      throws IOException {
    if (!entry.getFileMode().equals(FileMode.GITLINK)) {
      Leaf leaf = Leaf.read(reader, entry.getFileMode(), entry.getObjectId(), lines);
      Path name = FileNames.path(entry.getRawPath());
      for (Destination each : all) {
        each.write(() -> put(leaf, each.directory().resolve(name), date));
      }
      entry.setLength(leaf.size());
      entry.setLastModified(date.toInstant());
    }
  }

  private static void put(Leaf leaf, Path file, FileTime date) throws IOException {
    leaf.put(file);
    Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(date, date, null);
  }

  private void index(List<DirCacheEntry> files, Destination to) {
    to.write(() -> {
      DirCache cache = DirCache.lock(to.index().toFile(), git.getFS());
      try {
        DirCacheBuilder entries = cache.builder();
        files.forEach(entries::add);
        entries.finish();
        cache.write();
        if (!cache.commit()) {
          throw new IOException("The index could not be written: " + to.index());
        }
      } finally {
        cache.unlock();
      }
    });
  }
}
