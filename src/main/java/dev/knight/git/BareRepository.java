package dev.knight.git;

import dev.knight.home.KnightHome;
import dev.knight.job.RepositoryName;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A bare repository on the disk, and the lock of those who fetch into it or prune it.
 *
 * @param git for any thread
 * @param lock fair
 */
record BareRepository(Repository git, ReentrantLock lock) implements AutoCloseable {
  /**
   * Read by JGit here and by the agent's own git in its sandbox. The agent never sees the link
   * counts and inodes that the host saw, so an index is judged by size and time alone.
   */
  private static final String CONFIG =
      """
      [core]
      \trepositoryformatversion = 0
      \tbare = true
      \tfilemode = true
      \tsymlinks = true
      \tautocrlf = false
      \tcheckStat = minimal
      \ttrustctime = false
      \thooksPath = /dev/null
      [gc]
      \tauto = 0
      [maintenance]
      \tauto = false
      [http]
      \tfollowRedirects = false
      """;

  /** The repository in {@code directory}, made if there is none. */
  static BareRepository at(KnightHome home, Path directory) throws IOException {
    if (!Files.exists(directory)) {
      make(home, directory);
    }
    Repository git =
        new FileRepositoryBuilder()
            .setGitDir(directory.toFile())
            .setBare()
            .setFS(new OwnFiles())
            .setMustExist(true)
            .build();
    return new BareRepository(git, new ReentrantLock(true));
  }

  /** By hand, since JGit tries out the file system first; and whole or not at all. */
  private static void make(KnightHome home, Path directory) throws IOException {
    Path making = directory.resolveSibling("." + directory.getFileName() + ".making");
    Removal.of(making);
    skeleton(home, making);
    Files.move(making, directory, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Writes what makes {@code directory} an empty bare repository. */
  static void skeleton(KnightHome home, Path directory) throws IOException {
    home.make(directory.resolve("objects").resolve("info"));
    home.make(directory.resolve("objects").resolve("pack"));
    home.make(directory.resolve("refs").resolve("heads"));
    home.make(directory.resolve("info"));
    home.make(directory.resolve("worktrees"));
    write(directory.resolve("config"), CONFIG);
    write(directory.resolve("HEAD"), "ref: refs/heads/main\n");
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  /** The directory itself. */
  Path path() {
    return git.getDirectory().toPath();
  }

  /** The tree of {@code commit}. */
  ObjectId tree(Commit commit) throws IOException {
    try (RevWalk walk = new RevWalk(git)) {
      return walk.parseCommit(commit.objectId()).getTree();
    }
  }

  /** Whether {@code head} is {@code commit}, or stands on it. */
  boolean isIn(Commit commit, Commit head) throws IOException {
    try (RevWalk walk = new RevWalk(git)) {
      return walk.isMergedInto(
          walk.parseCommit(commit.objectId()), walk.parseCommit(head.objectId()));
    } catch (MissingObjectException _) {
      return false;
    }
  }

  /** The best common ancestor of both, if there is one. */
  Optional<Commit> fork(Commit one, Commit other) throws IOException {
    try (RevWalk walk = new RevWalk(git)) {
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(one.objectId()));
      walk.markStart(walk.parseCommit(other.objectId()));
      return Optional.ofNullable(walk.next()).map(Commit::of);
    }
  }

  /** Where {@code ref} stands, if it is there. */
  Optional<Commit> at(String ref) throws IOException {
    return Optional.ofNullable(git.exactRef(ref)).map(Ref::getObjectId).map(Commit::of);
  }

  /** Where all refs below {@code prefix} stand, in the words of git's {@code packed-refs}. */
  String listed(String prefix) throws IOException {
    return git.getRefDatabase().getRefsByPrefix(prefix).stream()
        .filter(ref -> !ref.isSymbolic() && ref.getObjectId() != null)
        .map(ref -> "%s %s\n".formatted(ref.getObjectId().name(), ref.getName()))
        .collect(Collectors.joining());
  }

  /** Sets {@code ref} to {@code commit}, wherever it stood. */
  void point(String ref, ObjectId commit) throws IOException {
    RefUpdate update = git.updateRef(ref);
    update.setNewObjectId(commit);
    update.setForceUpdate(true);
    update.disableRefLog();
    done(ref, update.update());
  }

  /** Deletes {@code ref}, if it is there. */
  void forget(String ref) throws IOException {
    RefUpdate update = git.updateRef(ref);
    update.setForceUpdate(true);
    update.disableRefLog();
    done(ref, update.delete());
  }

  /**
   * Does {@code work} while nobody else fetches into it or prunes it.
   *
   * @throws UnavailableException if somebody else does for longer than {@code patience}
   */
  <T> T alone(RepositoryName name, Duration patience, DiskWork<T> work) {
    try {
      if (!lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new UnavailableException(
            "%s is busy with another job's fetch".formatted(name), Optional.empty());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("Waiting for %s was called off".formatted(name), e);
    }
    try {
      return DiskWork.run("work on the mirror of " + name, work);
    } finally {
      lock.unlock();
    }
  }

  private static void done(String ref, RefUpdate.Result result) throws IOException {
    switch (result) {
      case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
      case NOT_ATTEMPTED,
          LOCK_FAILURE,
          REJECTED,
          REJECTED_CURRENT_BRANCH,
          IO_FAILURE,
          RENAMED,
          REJECTED_MISSING_OBJECT,
          REJECTED_OTHER_REASON ->
          throw new IOException("%s could not be set: %s".formatted(ref, result));
    }
  }

  @Override
  public void close() {
    git.close();
  }
}
