package dev.knight.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Judges whether pi's silence is work: a build of twenty minutes is, a tool that sleeps is not. A
 * sign of life is what pi says, and a hundredth of one processor used by its tools.
 */
final class Silence {
  /** A build that waits for its disk uses more; a shell that looks every second uses less. */
  private static final int SHARE = 100;

  /** So often in the time that pi may be silent it is looked at. */
  private static final int SLICES = 4;

  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final Duration limit;
  private final Supplier<Optional<Duration>> used;
  private Instant looked;
  private Instant alive;
  private Optional<Duration> before;

  /**
   * Begins {@code now}.
   *
   * @param limit how long there may be no sign of life
   * @param used the processor time of pi's tools so far; empty where nobody knows
   */
  Silence(Duration limit, Supplier<Optional<Duration>> used, Instant now) {
    this.limit = limit;
    this.used = used;
    this.looked = now;
    this.alive = now;
    this.before = used.get();
  }

  /** How long to wait between two looks. */
  Duration slice() {
    Duration slice = limit.dividedBy(SLICES);
    return slice.compareTo(SHORTEST) > 0 ? slice : SHORTEST;
  }

  /**
   * Looks whether it has lasted too long.
   *
   * @param heard when pi last said something of its own
   */
  boolean isTooLong(Instant heard, Instant now) {
    Optional<Duration> after = used.get();
    if (isWork(after, now)) {
      alive = now;
    }
    if (heard.isAfter(alive)) {
      alive = heard;
    }
    looked = now;
    before = after;
    return !now.isBefore(alive.plus(limit));
  }

  private boolean isWork(Optional<Duration> after, Instant now) {
    Duration least = Duration.between(looked, now).dividedBy(SHARE);
    return after.isPresent()
        && before.isPresent()
        && least.isPositive()
        && after.get().minus(before.get()).compareTo(least) >= 0;
  }
}
