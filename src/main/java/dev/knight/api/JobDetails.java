package dev.knight.api;

import dev.knight.job.Job;
import dev.knight.job.JobReading;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A job as it is listed ({@link JobView} says what each is), with its story.
 *
 * @param setbacks what went wrong on its way
 * @param used what it has used of its limits
 * @param diff what it changes; empty as long as there is nothing to compare
 * @param checks how the project's checks went on what it made last
 * @param events what happened, oldest first
 * @param effects what was written to GitHub, oldest first
 */
public record JobDetails(
    long id,
    String repository,
    long number,
    String title,
    String kind,
    String state,
    Optional<String> reason,
    Optional<String> needs,
    Optional<String> step,
    int attempt,
    String requester,
    Optional<URI> pullRequest,
    BigDecimal costUsd,
    Instant createdAt,
    Instant updatedAt,
    UsedView used,
    Optional<DiffView> diff,
    List<CheckView> checks,
    SetbacksView setbacks,
    List<EventView> events,
    List<EffectView> effects) {

  /**
   * {@code job} with its story, which {@code jobs} has.
   *
   * @param clean takes secrets out of texts
   */
  public static JobDetails of(
      Job job, JobReading jobs, JobLimits limits, JobWork work, UnaryOperator<String> clean) {
    return of(
        JobView.of(job, clean),
        UsedView.of(job.used(), limits),
        work.diff(job).map(Diff::view),
        work.checks(job.id()),
        SetbacksView.of(job.setbacks()),
        jobs.events(job.id(), 0).stream().map(event -> EventView.of(event, clean)).toList(),
        jobs.effects(job.id()).stream().map(EffectView::of).toList());
  }

  /** {@code job} with its story. */
  public static JobDetails of(
      JobView job,
      UsedView used,
      Optional<DiffView> diff,
      List<CheckView> checks,
      SetbacksView setbacks,
      List<EventView> events,
      List<EffectView> effects) {
    return new JobDetails(
        job.id(),
        job.repository(),
        job.number(),
        job.title(),
        job.kind(),
        job.state(),
        job.reason(),
        job.needs(),
        job.step(),
        job.attempt(),
        job.requester(),
        job.pullRequest(),
        job.costUsd(),
        job.createdAt(),
        job.updatedAt(),
        used,
        diff,
        List.copyOf(checks),
        setbacks,
        List.copyOf(events),
        List.copyOf(effects));
  }
}
