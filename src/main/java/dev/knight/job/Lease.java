package dev.knight.job;

import java.time.Instant;

/**
 * The right of one worker to one job, until a time.
 *
 * @param owner the service that holds it: host, process number and start time in one word; empty
 *     once it was handed back
 * @param token grows with each claim of the job; a stale holder's write is refused by it
 * @param expiresAt when it ends unless it is renewed
 */
public record Lease(String owner, long token, Instant expiresAt) {
  /** Whether its holder gave it back in good order, and did not just die. */
  public boolean isHandedBack() {
    return owner.isEmpty();
  }

  Lease handedBack(Instant now) {
    return new Lease("", token, now);
  }
}
