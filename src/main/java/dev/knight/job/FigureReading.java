package dev.knight.job;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Reads what jobs came to and what they cost, and changes nothing. */
public interface FigureReading {
  /** The jobs that were made at or after {@code since}, oldest first. */
  List<Result> results(Instant since);

  /** What was spent on {@code since} or later. */
  List<Spend> spend(LocalDate since);

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
