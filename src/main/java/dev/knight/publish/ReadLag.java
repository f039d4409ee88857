package dev.knight.publish;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/** How long GitHub's lists may still lack what a call made of which nobody knows the answer. */
final class ReadLag {
  private final InstantSource clock;
  private final Duration length;

  /** When no call of a process before this one can have been under way any more. */
  private volatile Instant aloneSince;

  ReadLag(InstantSource clock, PublishSettings settings) {
    this.clock = clock;
    this.length = settings.readLag();
    this.aloneSince = clock.instant();
  }

  /**
   * What is left of it for the call of {@code begun}; zero if the lists have caught up.
   *
   * @param setBack is given the time that counts from now on, if the clock was set back since
   */
  Duration after(Instant begun, Consumer<Instant> setBack) {
    Instant now = clock.instant();
    Instant last = begun.isBefore(aloneSince) ? aloneSince : begun;
    if (last.isAfter(now)) {
      // All that is sure is that the call is over.
      aloneSince = now;
      setBack.accept(now);
      last = now;
    }
    Duration left = Duration.between(now, last.plus(length));
    return left.isPositive() ? left : Duration.ZERO;
  }
}
