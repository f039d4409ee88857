package dev.knight.worker;

import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobStore;
import dev.knight.job.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What all jobs together may cost on one day. Money is set aside before an attempt begins, and a
 * job for which there is not enough waits, without an attempt being counted.
 */
final class Purse {
  /** So often a job that waits is looked at again, also when nobody ends. */
  private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);

  private final JobStore store;
  private final WorkerSettings settings;
  private final InstantSource clock;
  private final Queue<JobId> waiting = new ConcurrentLinkedQueue<>();

  Purse(JobStore store, WorkerSettings settings, InstantSource clock) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
  }

  /** Whether there is money for the job of {@code claim}; otherwise it was made to wait. */
  boolean admits(Claim claim) {
    Optional<WorkerSettings.DayLimit> limit = settings.dayLimit();
    if (limit.isEmpty()) {
      return true;
    }
    Instant now = clock.instant();
    Job job = claim.job();
    if (store.reserve(job, limit.get().perJob(), limit.get().perDay(), now)) {
      return true;
    }
    String reason = reason(limit.get());
    claim.change(before -> before.postpone(due(now), reason, now), claim.event("waits", reason));
    waiting.add(job.id());
    return false;
  }

  /** A job stopped running, so the next one that waits may be tried. */
  void ended() {
    Optional.ofNullable(waiting.poll())
        .flatMap(store::find)
        .filter(job -> job.state() instanceof Retrying)
        .ifPresent(job -> store.replace(job, job.retryNow(clock.instant()), List.of()));
  }

  private static String reason(WorkerSettings.DayLimit limit) {
    return ("This knight may spend $%s a day, and what is left of it is set aside for other jobs. I"
            + " begin when there is room, or when the day turns (UTC).")
        .formatted(limit.perDay().toPlainString());
  }

  private static Instant due(Instant now) {
    Instant tomorrow = Reservation.day(now).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    Instant look = now.plus(BETWEEN_LOOKS);
    return look.isBefore(tomorrow) ? look : tomorrow;
  }
}
