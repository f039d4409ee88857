package dev.knight.worker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: 10 s, doubled each time, at most 5 min, and up to a fifth
 * more by chance.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The wait after the {@code times}-th failure of a kind, from 1. */
  Duration after(int times) {
    int doublings = Math.min(Math.max(times, 1) - 1, 10);
    Duration plain = FIRST.multipliedBy(1L << doublings);
    Duration bounded = plain.compareTo(LONGEST) < 0 ? plain : LONGEST;
    return bounded.plusMillis(random.nextLong(bounded.toMillis() / 5));
  }
}
