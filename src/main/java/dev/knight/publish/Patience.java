package dev.knight.publish;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what failed from being tried again at once. Each thing has waits of its own that grow, so
 * that one that never works does not keep the others waiting; and all wait for a while after a
 * failure, so that nobody asks a GitHub that is away once a second.
 */
final class Patience {
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Map<String, Wait> waits = new HashMap<>();
  private Wait all = Wait.NONE;

  Patience(InstantSource clock) {
    this.clock = clock;
  }

  private record Wait(Duration length, Instant until) {
    static final Wait NONE = new Wait(Duration.ZERO, Instant.MIN);

    /** A wait that ends further away than any was named by a clock that was set back since. */
    boolean isOver(Instant now) {
      return !now.isBefore(until) || until.isAfter(now.plus(LONGEST));
    }

    Wait next(Duration first, Instant now) {
      Duration longer = length.isZero() ? first : length.multipliedBy(2);
      return of(longer, now);
    }

    static Wait of(Duration wait, Instant now) {
      Duration length = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
      return new Wait(length, now.plus(length));
    }
  }

  /** Whether {@code thing} may be tried now. */
  boolean isDue(String thing) {
    Instant now = clock.instant();
    return all.isOver(now) && waits.getOrDefault(thing, Wait.NONE).isOver(now);
  }

  void worked(String thing) {
    waits.remove(thing);
    all = Wait.NONE;
  }

  /**
   * {@code thing} could not be done.
   *
   * @param retryAt when the other side said to come again; then it is no fault of this thing
   */
  void failed(String thing, Optional<Instant> retryAt) {
    Instant now = clock.instant();
    if (retryAt.filter(now::isBefore).isPresent()) {
      all = Wait.of(Duration.between(now, retryAt.get()), now);
      return;
    }
    all = all.next(FIRST, now);
    // Longer than that of all, so that the others get their turn first.
    waits.put(thing, waits.getOrDefault(thing, Wait.NONE).next(FIRST.multipliedBy(2), now));
  }
}
