package dev.knight.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A program that runs until it is closed, and is ready when it says so. */
final class Daemon implements Closeable {
  private static final int MILLIS_BETWEEN_LOOKS = 5;
  private static final long MOST_SECONDS = 180;
  private static final long END_SECONDS = 30;

  private final Process process;
  private final Command command;
  private Instant ready = Instant.MAX;

  private Daemon(Process process, Command command) {
    this.process = process;
    this.command = command;
  }

  /** Starts {@code command} and returns once it has printed a line that {@code isReady}. */
  static Daemon start(Command command, Predicate<String> isReady)
      throws IOException, InterruptedException {
    Files.deleteIfExists(command.log());
    Daemon daemon = new Daemon(command.start(), command);
    long begin = System.nanoTime();
    while (daemon.lines().stream().noneMatch(isReady)) {
      boolean isLate = Command.millisSince(begin) > TimeUnit.SECONDS.toMillis(MOST_SECONDS);
      if (isLate || daemon.process.waitFor(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
        daemon.close();
        throw new IllegalStateException(
            "%s is not ready; it said:%n%s"
                .formatted(command.words(), String.join("\n", daemon.lines())));
      }
    }
    daemon.ready = Instant.now();
    return daemon;
  }

  /** All that it has printed. */
  List<String> lines() throws IOException {
    return Files.exists(command.log()) ? Files.readAllLines(command.log()) : List.of();
  }

  /** What it uses, with all below it. */
  Usage usage() {
    return Usage.of(process.toHandle());
  }

  /** When it was ready. */
  Instant ready() {
    return ready;
  }

  /** All below it. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** {@code kill -9}; returns once it is gone. What is below it lives on. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Ends it, in good order if that does not take too long. */
  @Override
  public void close() {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroy();
    process
        .onExit()
        .completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS)
        .thenAccept(Process::destroyForcibly)
        .join();
    below.forEach(ProcessHandle::destroyForcibly);
  }
}
