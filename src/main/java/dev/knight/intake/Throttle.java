package dev.knight.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Keeps the looks at GitHub below half of what it lets one account ask: 900 points a minute, of
 * which a look costs three. The other half is for the work. Knows no clock; one thread at a time.
 */
final class Throttle {
  /** So many repositories can be looked at once a minute. */
  static final int LOOKS_A_MINUTE = 150;

  private static final Duration BETWEEN = Duration.ofMinutes(1).dividedBy(LOOKS_A_MINUTE);

  /** No more in one go: what is more urgent by then comes first again. */
  private static final int AT_ONCE = 20;

  /** The looks until then are spent. */
  private Instant spent = Instant.EPOCH;

  /** As many of {@code wanted} as may be looked at now, from the first on. */
  <T> List<T> admit(List<T> wanted, Instant now) {
    Instant full = now.minus(BETWEEN.multipliedBy(AT_ONCE));
    // A clock that was set back has nobody wait for it.
    spent = spent.isBefore(full) || spent.isAfter(now) ? full : spent;
    long left = Duration.between(spent, now).dividedBy(BETWEEN);
    List<T> admitted = wanted.subList(0, (int) Math.min(left, wanted.size()));
    spent = spent.plus(BETWEEN.multipliedBy(admitted.size()));
    return admitted;
  }
}
