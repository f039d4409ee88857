package dev.knight.ci;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a pull request is looked at next, and how its checks stood last. Kept in memory: a restart
 * costs one look, and the wait until what is there has settled.
 *
 * @param due when to look
 * @param gap the wait that led to it
 * @param commit the head that was seen last
 * @param standing how its checks stood
 * @param since since when they have stood so
 * @param done whether what they say has been acted on
 */
record Turn(
    Instant due,
    Duration gap,
    String commit,
    Optional<Standing> standing,
    Instant since,
    boolean done) {

  static Turn first(Instant now) {
    return new Turn(now, Duration.ZERO, "", Optional.empty(), now, false);
  }

  /** As it is once the checks were seen to stand so. */
  Turn saw(String head, Standing now, Instant at) {
    boolean same = commit.equals(head) && standing.equals(Optional.of(now));
    return same ? this : new Turn(due, Duration.ZERO, head, Optional.of(now), at, false);
  }

  /** Whether nothing has changed for {@code time}, so that it can be believed. */
  boolean isSettled(Duration time, Instant now) {
    return !now.isBefore(since.plus(time));
  }

  /** The next look comes after {@code wait}. */
  Turn after(Duration wait, Instant now) {
    return new Turn(now.plus(wait), wait, commit, standing, since, done);
  }

  /** What the checks say has been acted on. */
  Turn acted() {
    return new Turn(due, gap, commit, standing, since, true);
  }
}
