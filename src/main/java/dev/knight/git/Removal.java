package dev.knight.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Deletes what a hostile hand filled. No link is followed, and directories below are first moved up
 * next to each other: however deep they are, no name gets too long and no stack too high.
 */
public final class Removal {
  private final Path top;
  private final Deque<Path> waiting = new ArrayDeque<>();
  private int moved;

  private Removal(Path top) {
    this.top = top;
  }

  /** Deletes {@code path} and all below it; nothing there is fine. */
  public static void of(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(path);
      return;
    }
    new Removal(path).run();
  }

  private void run() throws IOException {
    unlock(top);
    empty(top);
    for (Path next = waiting.poll(); next != null; next = waiting.poll()) {
      empty(next);
      Files.delete(next);
    }
    Files.delete(top);
  }

  private void empty(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          unlock(entry);
          waiting.add(directory.equals(top) ? entry : raised(entry));
        } else {
          Files.deleteIfExists(entry);
        }
      }
    }
  }

  private Path raised(Path directory) throws IOException {
    Path free = top.resolve(".removing-" + moved++);
    while (Files.exists(free, LinkOption.NOFOLLOW_LINKS)) {
      free = top.resolve(".removing-" + moved++);
    }
    return Files.move(directory, free, StandardCopyOption.ATOMIC_MOVE);
  }

  /** A directory without permissions can be neither listed nor moved. */
  private static void unlock(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }
}
