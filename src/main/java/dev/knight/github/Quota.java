package dev.knight.github;

import java.time.Instant;

/**
 * How many requests the token may still make, as GitHub's last answer said.
 *
 * @param limit requests in a window
 * @param remaining requests left in it
 * @param resetAt when the next window starts, by GitHub's clock
 */
public record Quota(long limit, long remaining, Instant resetAt) {

  /** Whether less than a fifth is left, which is kept for the work itself. */
  public boolean isScarce() {
    return remaining * 5 < limit;
  }
}
