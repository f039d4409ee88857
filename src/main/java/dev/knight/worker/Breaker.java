package dev.knight.worker;

import dev.knight.job.JobId;
import java.time.Instant;

/**
 * Whether one side of the world may be asked. Each verb returns the breaker as it is after it.
 *
 * <pre>
 *  Closed --failed--> Open --probe, once due--> Probing --worked--> Closed
 *                      ^                           |
 *                      +---------- failed ---------+
 * </pre>
 */
sealed interface Breaker {
  /** Nothing is known against it: anybody may ask. */
  record Closed() implements Breaker {}

  /**
   * Nobody asks before {@code until}.
   *
   * @param times how often in a row it failed
   */
  record Open(Instant until, int times) implements Breaker {}

  /** One job tries whether it works again. */
  record Probing(JobId job, int times) implements Breaker {}

  /** Whether a job may be claimed that will ask this side. */
  default boolean admits(Instant now) {
    return switch (this) {
      case Closed _ -> true;
      case Open(Instant until, int _) -> !now.isBefore(until);
      case Probing _ -> false;
    };
  }

  /** {@code job} was claimed: if this side is not known to work, it is the probe. */
  default Breaker claimed(JobId job) {
    return switch (this) {
      case Closed _, Probing _ -> this;
      case Open(Instant _, int times) -> new Probing(job, times);
    };
  }

  /** How often in a row it will have failed if it fails for {@code job} now. */
  default int failures(JobId job) {
    return switch (this) {
      case Closed _ -> 1;
      case Open(Instant _, int times) -> times;
      case Probing(JobId probe, int times) -> probe.equals(job) ? times + 1 : times;
    };
  }

  /** It failed for {@code job}; another job's failure meanwhile is the same outage. */
  default Breaker failed(JobId job, Instant until) {
    return switch (this) {
      case Closed _ -> new Open(until, 1);
      case Open(Instant before, int times) ->
          new Open(before.isBefore(until) ? until : before, times);
      case Probing(JobId probe, int times) -> probe.equals(job) ? new Open(until, times + 1) : this;
    };
  }

  /** {@code job} ended; if it was the probe and learnt nothing, the next one may try at once. */
  default Breaker ended(JobId job, Instant now) {
    return switch (this) {
      case Probing(JobId probe, int times) when probe.equals(job) -> new Open(now, times);
      case Closed _, Open _, Probing _ -> this;
    };
  }
}
