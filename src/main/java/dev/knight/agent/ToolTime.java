package dev.knight.agent;

import dev.knight.bridge.Innermost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How long the processor has worked for pi's tools, from the kernel's books. pi itself does not
 * count: it may turn in a circle and say nothing.
 */
final class ToolTime {
  private static final Path PROC = Path.of("/proc");

  /** What Linux tells programs, on every machine: a hundred ticks a second. */
  private static final long TICK_MILLIS = 10;

  /** Places in {@code /proc/PID/stat} behind the name: used by itself, and by ended children. */
  private static final int OWN = 11;

  private static final int CHILDREN = 13;

  private ToolTime() {}

  /**
   * What runs under pi, and what ran there and was waited for, has used so far; empty where there
   * is no {@code /proc}.
   *
   * @param pid the process that the bridge started: pi, or the jail around it
   */
  static Optional<Duration> under(long pid) {
    if (!Files.isDirectory(PROC)) {
      return Optional.empty();
    }
    long ticks =
        ProcessHandle.of(pid)
            .flatMap(Innermost::of)
            .map(pi -> ticks(pi.pid(), CHILDREN) + descendants(pi))
            .orElse(0L);
    return Optional.of(Duration.ofMillis(ticks * TICK_MILLIS));
  }

  private static long descendants(ProcessHandle pi) {
    return pi.descendants()
        .mapToLong(process -> ticks(process.pid(), OWN) + ticks(process.pid(), CHILDREN))
        .sum();
  }

  /** The two numbers at {@code place}, time in the program and in the kernel, added up. */
  private static long ticks(long pid, int place) {
    try {
      // The name may hold anything, spaces and parentheses too, and comes before the numbers.
      String line =
          Files.readString(
              PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] numbers = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(numbers[place]) + Long.parseLong(numbers[place + 1]);
    } catch (IOException _) {
      return 0; // ended just now: whoever waited for it has its time
    }
  }
}
