package dev.knight.publish;

import java.time.Duration;
import java.util.Optional;

/**
 * One of the project's checks, as the host ran it.
 *
 * @param command what was run
 * @param passed whether it exited with 0 in time
 * @param result {@code passed}, {@code exit code 1}, {@code timed out}
 * @param took how long it ran
 * @param output the end of what it printed, standard error included
 * @param onBase how it ended on the code before the change; empty if that is not known
 */
public record Check(
    String command,
    boolean passed,
    String result,
    Duration took,
    String output,
    Optional<OnBase> onBase) {

  /** One that was run on the change alone. */
  public Check(String command, boolean passed, String result, Duration took, String output) {
    this(command, passed, result, took, output, Optional.empty());
  }

  /**
   * How the same command ended on a tree that is not the change's.
   *
   * @param passed whether it exited with 0
   * @param result as that of a check
   * @param took how long it ran
   */
  public record OnBase(boolean passed, String result, Duration took) {}

  /** The same, and how it ended on the code before the change. */
  public Check comparedWith(Optional<OnBase> base) {
    return new Check(command, passed, result, took, output, base);
  }

  /** Whether it fails, and is not known to have failed before the change as well. */
  public boolean isRegression() {
    return !passed && onBase.filter(base -> !base.passed()).isEmpty();
  }
}
