package dev.knight.job;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What jobs came to, and what they cost, to be counted. Methods block; any thread may call them.
 */
public interface FigureStore {
  /** How things stand now. */
  Census census();

  /**
   * Keeps what {@code job} has used of each of its models in all. What is more than was known is of
   * {@code day}; to say the same twice is once.
   */
  void spent(JobId job, LocalDate day, Map<String, Spent> totals);

  /** The jobs that were made at or after {@code since}, oldest first. */
  List<Result> results(Instant since);

  /** What was spent on {@code since} or later. */
  List<Spend> spend(LocalDate since);

  /**
   * How things stand.
   *
   * @param states how many jobs are in each state, by its word; those that none is in are left out
   * @param waiting since when the job waits that has been queued longest
   */
  record Census(Map<String, Long> states, Optional<Instant> waiting) {}

  /**
   * What a job came to.
   *
   * @param state the word for its state
   * @param isPublished whether it opened a pull request
   * @param delay from its mention to that
   * @param isMerged whether people have merged it
   */
  record Result(
      JobId job,
      Instant createdAt,
      RepositoryName repository,
      String state,
      boolean isPublished,
      Optional<Duration> delay,
      boolean isMerged) {}

  /**
   * What one model of a job cost on a day of UTC.
   *
   * @param state the word for the state that the job is in now
   */
  record Spend(
      JobId job,
      LocalDate day,
      RepositoryName repository,
      String state,
      String model,
      Spent spent) {}
}
