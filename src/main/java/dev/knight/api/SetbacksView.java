package dev.knight.api;

import dev.knight.job.Setbacks;

/**
 * What went wrong with a job on its way.
 *
 * @param failures failures of its own
 * @param bugs failures of knight itself
 * @param waits how often in a row it had to wait for the world or the operator
 * @param crashes how often in a row the service died while it ran
 */
public record SetbacksView(int failures, int bugs, int waits, int crashes) {
  /** The view of {@code setbacks}. */
  public static SetbacksView of(Setbacks setbacks) {
    return new SetbacksView(
        setbacks.failures(), setbacks.bugs(), setbacks.waits(), setbacks.crashes());
  }
}
