package dev.knight.git;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Deletes what a hostile hand filled. No link is followed, and what lies too deep is first moved
 * up: however deep it is, no name gets too long and no stack too high.
 */
public final class Removal {
  /** Names of 255 bytes, so many below each other, are no path that is too long. */
  private static final int DEEPEST = 8;

  private final Path top;
  private final SpareCores cores;
  private final Queue<Path> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger moved = new AtomicInteger();

  private Removal(Path top, SpareCores cores) {
    this.top = top;
    this.cores = cores;
  }

  /** Deletes {@code path} and all below it; nothing there is fine. */
  public static void of(Path path) throws IOException {
    of(path, new SpareCores(1));
  }

  /** The same of what has many files, on those of {@code cores} that are spare, too. */
  static void of(Path path, SpareCores cores) throws IOException {
    if (!isDirectory(path)) {
      Files.deleteIfExists(path);
      return;
    }
    new Removal(path, cores).run();
  }

  private void run() throws IOException {
    unlock(top);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(top)) {
      if (!(entries instanceof SecureDirectoryStream<Path> held)) {
        throw new IOException("This system cannot hold %s open".formatted(top));
      }
      empty(held, 0);
      for (Path next = waiting.poll(); next != null; next = waiting.poll()) {
        delete(held, next, 1);
      }
    }
    Files.delete(top);
  }

  private void empty(SecureDirectoryStream<Path> directory, int depth) throws IOException {
    List<Path> below = emptied(directory);
    cores.share(below.size(), number -> raiseOrDelete(directory, below.get(number), depth));
  }

  private void raiseOrDelete(SecureDirectoryStream<Path> above, Path directory, int depth)
      throws IOException {
    unlock(directory);
    if (depth < DEEPEST || !isRaised(directory)) {
      delete(above, directory, depth + 1);
    }
  }

  /** By its name alone: a link that is put in its place meanwhile leads nowhere. */
  private void delete(SecureDirectoryStream<Path> above, Path directory, int depth)
      throws IOException {
    Path name = directory.getFileName();
    try (SecureDirectoryStream<Path> held =
        above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      empty(held, depth);
    }
    above.deleteDirectory(name);
  }

  /** Deletes all files in it, and returns the directories. */
  private static List<Path> emptied(SecureDirectoryStream<Path> directory) throws IOException {
    List<Path> directories = new ArrayList<>();
    boolean isFile = true;
    for (Path entry : directory) {
      isFile = (isFile || !isDirectory(entry)) && isDeleted(directory, entry);
      if (!isFile) {
        directories.add(entry);
      }
    }
    return directories;
  }

  /**
   * Most are files, so this is tried before anybody looks, but for what comes after a directory.
   */
  private static boolean isDeleted(SecureDirectoryStream<Path> directory, Path entry)
      throws IOException {
    try {
      directory.deleteFile(entry.getFileName());
      return true;
    } catch (FileSystemException e) {
      if (isDirectory(entry)) {
        return false;
      }
      throw e;
    }
  }

  private static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** One of a template's is not moved by the kernel; it lies no deeper than a checkout writes. */
  private boolean isRaised(Path directory) throws IOException {
    Path free = free();
    while (Files.exists(free, LinkOption.NOFOLLOW_LINKS)) {
      free = free();
    }
    try {
      waiting.add(Files.move(directory, free, StandardCopyOption.ATOMIC_MOVE));
      return true;
    } catch (AtomicMoveNotSupportedException _) {
      return false;
    }
  }

  private Path free() {
    return top.resolve(".removing-" + moved.getAndIncrement());
  }

  /** A directory without permissions can be neither listed nor moved. */
  private static void unlock(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }
}
