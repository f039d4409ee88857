package dev.knight.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program with its arguments and its whole environment.
 *
 * @param log where all goes that it prints
 */
record Command(List<String> words, Map<String, String> environment, Path log) {
  private static final int MILLIS_BETWEEN_LOOKS = 10;
  private static final long MOST_SECONDS = 600;

  /** Starts it. */
  Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /**
   * Runs it to its end.
   *
   * @param exitCode what it has to end with
   * @return the time on the wall and on the processor, and its most memory
   */
  Map<String, Double> measure(int exitCode) throws IOException, InterruptedException {
    double before = Usage.childrenMillis();
    long begin = System.nanoTime();
    Process process = start();
    long peak = 0;
    while (!process.waitFor(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, Usage.peakKib(process.pid()));
      if (millisSince(begin) > TimeUnit.SECONDS.toMillis(MOST_SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(words + " does not end; it said what is in " + log);
      }
    }
    double wall = millisSince(begin);
    if (process.exitValue() != exitCode) {
      throw new IllegalStateException(
          "%s ended with %d; it said what is in %s".formatted(words, process.exitValue(), log));
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("wall ms", wall);
    figures.put("CPU ms", Usage.childrenMillis() - before);
    figures.put("peak RSS MiB", peak / 1024.0);
    return figures;
  }

  static double millisSince(long begin) {
    return (System.nanoTime() - begin) / 1e6;
  }
}
