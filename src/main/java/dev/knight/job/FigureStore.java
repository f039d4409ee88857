package dev.knight.job;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * Where what jobs came to and what they cost is kept, to be counted. Methods block; any thread may
 * call them.
 */
public interface FigureStore extends FigureReading {
  /** How things stand now. */
  Census census();

  /**
   * Keeps what {@code job} has used of each of its models in all. What is more than was known is of
   * {@code day}; to say the same twice is once.
   */
  void spent(JobId job, LocalDate day, Map<String, Spent> totals);

  /**
   * How things stand.
   *
   * @param states how many jobs are in each state, by its word; those that none is in are left out
   * @param waiting since when the job waits that has been queued longest
   */
  record Census(Map<String, Long> states, Optional<Instant> waiting) {}
}
