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

  boolean passed() {
    return ended && exitCode == 0;
  }

  /** How it ended, in two words. */
  String result() {
    if (!ended) {
      return "timed out";
    }
    return exitCode == 0 ? "passed" : "exit code " + exitCode;
  }
}
