package dev.knight.attempt;

import java.io.IOException;
import java.time.Duration;

/** Runs a repository's own commands. */
interface Shell {
  /**
   * Runs {@code command} and waits for it; then nothing that it started is left.
   *
   * @param place where it runs
   * @param limit how long it may take; after that it is killed
   * @param progress is given the way to kill it early
   */
  CommandRun run(String command, Workplace place, Duration limit, Progress progress)
      throws IOException, InterruptedException;
}
