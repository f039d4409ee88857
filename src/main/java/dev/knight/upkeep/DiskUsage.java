package dev.knight.upkeep;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/**
 * How many bytes files have. What is counted was filled by a hostile hand: no link is followed, one
 * directory is open at a time, what cannot be read counts as nothing, and there is an end.
 */
public final class DiskUsage {
  private static final int MOST_ENTRIES = 5_000_000;

  private final Deque<Path> waiting = new ArrayDeque<>();
  private long bytes;
  private int entries;

  private DiskUsage() {}

  /** The bytes of {@code paths} and all that is below them. */
  public static long of(Collection<Path> paths) {
    DiskUsage usage = new DiskUsage();
    paths.forEach(usage::add);
    for (Path next = usage.waiting.poll(); next != null; next = usage.waiting.poll()) {
      usage.list(next);
    }
    return usage.bytes;
  }

  private void list(Path directory) {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path entry : stream) {
        if (++entries > MOST_ENTRIES) {
          waiting.clear();
          return;
        }
        add(entry);
      }
    } catch (IOException _) {
      return; // it is shut, or its name is too long: it goes with the rest all the same
    }
  }

  private void add(Path path) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isDirectory()) {
        waiting.add(path);
      }
      bytes += attributes.size();
    } catch (IOException _) {
      return; // as above
    }
  }
}
