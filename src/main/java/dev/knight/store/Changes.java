package dev.knight.store;

import dev.knight.hygiene.Redactor;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobState;
import dev.knight.job.JobState.Answered;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobState.Failed;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.NoChange;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobState.Stopped;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Replaces a job by what a verb made of it, and does what follows from its new state. */
@Singleton
final class Changes {
  private final JobRows jobs;
  private final AttemptRows attempts;
  private final MentionRows mentions;
  private final EventRows story;
  private final Acceptance acceptance;
  private final ReservationRows reservations;
  private final Redactor redactor;

  Changes(
      JobRows jobs,
      AttemptRows attempts,
      MentionRows mentions,
      EventRows story,
      Acceptance acceptance,
      ReservationRows reservations,
      Redactor redactor) {
    this.jobs = jobs;
    this.attempts = attempts;
    this.mentions = mentions;
    this.story = story;
    this.acceptance = acceptance;
    this.reservations = reservations;
    this.redactor = redactor;
  }

  /** The job as stored, or empty if its row is not {@code before}'s version any more. */
  Optional<Job> replace(Job before, Job after, List<Event> events) {
    if (!before.id().equals(after.id())) {
      throw new IllegalArgumentException(
          "Job %s cannot become job %s".formatted(before.id(), after.id()));
    }
    return jobs.held(before.id())
        .filter(row -> row.version() == before.version())
        .filter(row -> !isInTheWay(row, after))
        .map(row -> replace(row, after, events));
  }

  /** A job cannot go on after its end while another one of its subject is at work. */
  private boolean isInTheWay(JobRow row, Job after) {
    return row.toJob().isFinished()
        && !after.isFinished()
        && jobs.active(after.subject()).isPresent();
  }

  private Job replace(JobRow row, Job after, List<Event> events) {
    row.become(after);
    row.redact(redactor);
    story.tell(events);
    // The row must have let go of its subject before another job of it can be made.
    jobs.flush();
    reservations.settle(after);
    follow(after, after.state());
    return row.toJob();
  }

  private void follow(Job job, JobState state) {
    switch (state) {
      case Running _ -> {}
      case Queued _, Retrying _, NeedsYou _ -> attempts.end(job, state.word());
      case Done _, Answered _, NoChange _, Failed _ -> {
        attempts.end(job, state.word());
        acceptance.serveAnew(mentions.unheard(job.id()), job.updatedAt());
      }
      // Who calls a job off means what was added to it as well.
      case Stopped _ -> attempts.end(job, state.word());
    }
  }
}
