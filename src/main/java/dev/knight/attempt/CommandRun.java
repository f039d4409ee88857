package dev.knight.attempt;

import java.time.Duration;

/**
 * How one command of a repository ended.
 *
 * @param exitCode what it ended with; -1 when it was killed
 * @param ended whether it ended by itself, in time
 * @param output the end of what it printed, standard error included
 * @param took how long it ran
 */
record CommandRun(int exitCode, boolean ended, String output, Duration took) {
  private static final int SIGNALLED = 128;
  private static final int MOST_SIGNALS = 64;

  boolean passed() {
    return ended && exitCode == 0;
  }

  /**
   * Whether it says something of the repository. A program that a signal ended (the shell says 128
   * and its number) was stopped by somebody, or by a machine without memory.
   */
  boolean isResult() {
    return ended && (exitCode <= SIGNALLED || exitCode > SIGNALLED + MOST_SIGNALS);
  }

  /** How it ended, in two words. */
  String result() {
    if (!ended) {
      return "timed out";
    }
    return exitCode == 0 ? "passed" : "exit code " + exitCode;
  }
}
