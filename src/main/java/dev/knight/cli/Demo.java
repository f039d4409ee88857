package dev.knight.cli;

import java.io.PrintWriter;

/** A rehearsal of one job on this machine, with no account and no key. */
@FunctionalInterface
public interface Demo {
  /**
   * Plays it, and tells {@code out} what happens.
   *
   * @param keep whether its directory stays for a look
   * @return the exit code
   */
  int play(boolean keep, PrintWriter out);
}
