package dev.knight.store;

import static java.util.Comparator.comparingInt;

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
    return jobs.claimable(jobs.full(perRepository, now), now).stream()
        .min(comparingInt(Claims::turn))
        .flatMap(job -> one(job, owner, leaseEnd, now));
  }

  private static int turn(Job job) {
    return switch (job.state()) {
      case Running _ -> 1;
      case Retrying _ -> 2;
      case Queued _ -> 3;
      case NeedsYou _, Finished _ -> 4;
    };
  }

  /** Job {@code id}, if it may run. */
  Optional<Job> one(JobId id, String owner, Instant leaseEnd, Instant now) {
    return jobs.find(id).flatMap(job -> one(job, owner, leaseEnd, now));
  }

  private Optional<Job> one(Job job, String owner, Instant leaseEnd, Instant now) {
    return mayRun(job, now) && room.isEnough() ? take(job, owner, leaseEnd, now) : Optional.empty();
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
    Job after = before.claim(owner, Columns.time(leaseEnd), Columns.time(now));
    Optional<Job> taken = jobs.claim(before, after);
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
