package dev.knight.demo;

import dev.knight.cli.ExitCodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** What is played in a directory of its own. */
interface Play {
  /**
   * Plays it in {@code directory}.
   *
   * @return the exit code
   */
  int in(Path directory) throws IOException, InterruptedException;

  /**
   * Plays {@code play} in a new directory, of which nothing is left.
   *
   * @param keep whether all of it is left
   * @return the exit code
   */
  static int play(String name, boolean keep, Play play) {
    try {
      Path directory = Files.createTempDirectory(name);
      try {
        return play.in(directory);
      } finally {
        if (!keep) {
          delete(directory);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return ExitCodes.FAILED;
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
