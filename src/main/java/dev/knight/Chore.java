package dev.knight;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** What is done seldom: first after a while, then again each time that a period is over. */
final class Chore {
  private final Duration every;
  private final BooleanSupplier wanted;
  private final Runnable work;
  private final InstantSource clock;
  private volatile Instant since;
  private volatile Instant due;

  /** Does {@code work} after {@code first}, and then {@code every} so often. */
  Chore(Duration first, Duration every, Runnable work, InstantSource clock) {
    this(first, every, () -> true, work, clock);
  }

  /**
   * Does {@code work} after {@code first}, and then {@code every} so often, if it is {@code wanted}
   * then, which is told at once.
   */
  Chore(
      Duration first, Duration every, BooleanSupplier wanted, Runnable work, InstantSource clock) {
    this.every = every;
    this.wanted = wanted;
    this.work = work;
    this.clock = clock;
    this.since = clock.instant();
    this.due = since.plus(first);
  }

  /** Whether its time has come, and it is wanted. */
  boolean isDue() {
    Instant now = clock.instant();
    boolean isTime = !now.isBefore(due) || now.isBefore(since); // the clock was set back
    return isTime && wanted.getAsBoolean();
  }

  /** Does it, and waits for its next time from now. */
  void runOnce() {
    since = clock.instant();
    due = since.plus(every);
    work.run();
  }
}
