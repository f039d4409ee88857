package dev.knight.cli;

import java.io.PrintWriter;
import java.time.Duration;

/** A rehearsal of many jobs on this machine, while everything that works on them is killed. */
@FunctionalInterface
public interface Chaos {
  /**
   * What is to be played.
   *
   * @param jobs mentions, at least; there are more where the kills need them
   * @param seed what every choice is drawn from
   * @param kills how often something is killed
   * @param longest after this long nothing more is killed
   * @param keep whether its directory stays for a look
   */
  record Order(int jobs, long seed, int kills, Duration longest, boolean keep) {}

  /** Plays it, tells {@code progress} of each kill, and returns the counts. */
  ChaosReport play(Order order, PrintWriter progress);
}
