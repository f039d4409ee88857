package dev.knight.store;

import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobState.Finished;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Which job a worker gets, and the row of its attempt. */
@Singleton
final class Claims {
  private final JobRows jobs;
  private final AttemptRows attempts;
  private final EventRows story;
  private final DiskRoom room;

  Claims(JobRows jobs, AttemptRows attempts, EventRows story, DiskRoom room) {
    this.jobs = jobs;
    this.attempts = attempts;
    this.story = story;
    this.room = room;
  }

  /**
   * Work that was begun comes first: abandoned, then due, then what is new. Where several processes
   * write, another one may be quicker: then this claim comes back empty, like one that found
   * nothing.
   */
  Optional<Job> next(String owner, Instant leaseEnd, int perRepository, Instant now) {
    Set<String> full = jobs.full(perRepository, now);
    return jobs.abandoned(full, now)
        .or(() -> jobs.due(full, now))
        .or(() -> jobs.queued(full))
        .flatMap(id -> one(id, owner, leaseEnd, now));
  }

  /** Job {@code id}, if it may run. */
  Optional<Job> one(JobId id, String owner, Instant leaseEnd, Instant now) {
    return jobs.find(id)
        .filter(job -> mayRun(job, now) && room.isEnough())
        .flatMap(job -> take(job, owner, leaseEnd, now));
  }

  private static boolean mayRun(Job job, Instant now) {
    return switch (job.state()) {
      case Queued _ -> true;
      case Retrying(Instant dueAt, _) -> !now.isBefore(dueAt);
      case Running running -> !now.isBefore(running.lease().expiresAt());
      case NeedsYou _, Finished _ -> false;
    };
  }

  private Optional<Job> take(Job before, String owner, Instant leaseEnd, Instant now) {
    Optional<Job> taken = jobs.replace(before, before.claim(owner, leaseEnd, now));
    taken.ifPresent(job -> begun(before, job, owner, now));
    return taken;
  }

  private void begun(Job before, Job job, String owner, Instant now) {
    if (before.state() instanceof Running) {
      attempts.end(job, "taken-over");
    }
    attempts.begin(job, owner);
    if (job.attempt() > before.attempt()) {
      story.tell(job.id(), now, "started", "Attempt %d started".formatted(job.attempt()));
    } else {
      story.tell(job.id(), now, "resumed", "Attempt %d goes on".formatted(job.attempt()));
    }
  }
}
