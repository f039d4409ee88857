package dev.knight.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** What happened in a world, a line each; the oldest lines of a long story are forgotten. */
final class Trace {
  private static final int MOST = 1_500;

  private final Deque<String> lines = new ArrayDeque<>();

  void add(Instant at, String line) {
    if (lines.size() == MOST) {
      lines.removeFirst();
    }
    lines.add(at.toString().substring(11, 19) + " " + line);
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
