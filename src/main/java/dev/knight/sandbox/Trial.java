package dev.knight.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Runs one small program to its end, and keeps what it said. */
final class Trial {
  private static final int MOST = 256 * 1024;

  private Trial() {}

  /**
   * How it went.
   *
   * @param code -1 if it had to be killed
   */
  record Result(int code, String out, String err, Duration took) {}

  /**
   * Runs {@code command} with an empty input.
   *
   * @param files a directory for what it says
   * @param limit after which it is killed
   */
  static Result run(
      List<String> command, Map<String, String> environment, Path files, Duration limit)
      throws IOException {
    FutureTask<Result> task = new FutureTask<>(() -> runHere(command, environment, files, limit));
    // A jail dies with the thread that starts it, and a virtual thread is none to the kernel.
    Thread.ofPlatform().daemon().name("trial").start(task);
    try {
      return task.get();
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a program was tried", ended);
    }
  }

  private static Result runHere(
      List<String> command, Map<String, String> environment, Path files, Duration limit)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(files, "said", ".out");
    Path err = Files.createTempFile(files, "said", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return new Result(ended ? process.exitValue() : -1, text(out), text(err), took);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST), StandardCharsets.UTF_8);
    }
  }
}
