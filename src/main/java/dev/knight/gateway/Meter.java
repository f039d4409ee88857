package dev.knight.gateway;

import dev.knight.job.Spent;

/** What one job has used of its models, as their provider counts it. It only grows. */
public interface Meter {
  /** All of it, estimates included. */
  Spent spent();

  /** What {@code conversation} has used of that. */
  Spent spent(String conversation);

  /**
   * What of {@link #spent(String)} is an estimate: of answers that were cut off, or in which the
   * provider said nothing of what they cost.
   */
  Spent estimated(String conversation);
}
