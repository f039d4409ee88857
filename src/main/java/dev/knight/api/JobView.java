package dev.knight.api;

import dev.knight.job.Job;
import dev.knight.job.JobState.Finished;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A job as it is listed.
 *
 * @param id its number
 * @param repository {@code owner/name}
 * @param number the number of its issue or pull request
 * @param title the title of its issue or pull request
 * @param kind what it is asked to do
 * @param state the word for its state
 * @param reason why it waits, what it asks, or what came of it
 * @param needs what it needs of a person while it waits for one: {@code answer}, {@code approval}
 *     of its plan, or {@code release} of what it holds
 * @param step the step that it is in, while it runs
 * @param attempt the try, from 1; 0 before the first
 * @param requester the login of who asked
 * @param pullRequest the page of the pull request that came of it
 * @param costUsd what it has cost, in US dollars
 * @param createdAt when it was accepted
 * @param updatedAt when it last changed
 */
public record JobView(
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
    Instant updatedAt) {

  /** The view of {@code job}, whose texts {@code clean} takes secrets out of. */
  public static JobView of(Job job, UnaryOperator<String> clean) {
    return new JobView(
        job.id().value(),
        job.subject().repository().toString(),
        job.subject().number(),
        clean.apply(job.title()),
        job.kind().word(),
        job.state().word(),
        job.reason().map(clean),
        needs(job),
        job.state() instanceof Running running
            ? Optional.of(running.step().word())
            : Optional.empty(),
        job.attempt(),
        job.requester().login(),
        job.pullRequest(),
        job.spent().usd(),
        job.createdAt(),
        job.updatedAt());
  }

  private static Optional<String> needs(Job job) {
    return switch (job.state()) {
      case NeedsYou _ when job.isHeld() -> Optional.of("release");
      case NeedsYou _ when job.isPlanned() -> Optional.of("approval");
      case NeedsYou _ -> Optional.of("answer");
      case Queued _, Running _, Retrying _, Finished _ -> Optional.empty();
    };
  }
}
