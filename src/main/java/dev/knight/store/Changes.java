package dev.knight.store;

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

  Changes(
      JobRows jobs,
      AttemptRows attempts,
      MentionRows mentions,
      EventRows story,
      Acceptance acceptance,
      ReservationRows reservations) {
    this.jobs = jobs;
    this.attempts = attempts;
    this.mentions = mentions;
    this.story = story;
    this.acceptance = acceptance;
    this.reservations = reservations;
  }

  /** The job as stored, or empty if its row is not {@code before}'s version any more. */
  Optional<Job> replace(Job before, Job after, List<Event> events) {
    if (!before.id().equals(after.id())) {
      throw new IllegalArgumentException(
          "Job %s cannot become job %s".formatted(before.id(), after.id()));
    }
    if (isInTheWay(before, after)) {
      return Optional.empty();
    }
    Optional<Job> replaced = jobs.replace(before, after);
    if (replaced.isPresent()) {
      story.tell(events);
      reservations.settle(after);
      follow(after, after.state());
    }
    return replaced;
  }

  /** A job cannot go on after its end while another one of its subject is at work. */
  private boolean isInTheWay(Job before, Job after) {
    return before.isFinished() && !after.isFinished() && jobs.active(after.subject()).isPresent();
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
