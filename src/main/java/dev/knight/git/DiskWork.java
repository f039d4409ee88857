package dev.knight.git;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A piece of work on knight's own files. Where it fails, nobody outside can help. */
@FunctionalInterface
interface DiskWork<T> {
  T run() throws IOException;

  /**
   * Runs {@code work}.
   *
   * @param aim completes "Cannot ..."
   */
  static <T> T run(String aim, DiskWork<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot %s: %s".formatted(aim, e.getMessage()), e);
    }
  }
}
