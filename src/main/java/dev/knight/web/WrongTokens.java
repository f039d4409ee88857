package dev.knight.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Counts who comes with a wrong token. The right one is always let in: a token cannot be guessed,
 * and whoever guesses must not lock its owner out.
 */
final class WrongTokens {
  private static final int MOST = 20;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final InstantSource clock;
  private Instant end = Instant.EPOCH;
  private int count;

  WrongTokens(InstantSource clock) {
    this.clock = clock;
  }

  /** What became of one more. */
  enum Fate {
    /** It is told so. */
    TOLD,
    /** The first of too many in a short time: worth a word to the operator. */
    TOO_MANY,
    /** One of too many. */
    STILL_TOO_MANY
  }

  /** Counts one more. */
  synchronized Fate one() {
    Instant now = clock.instant();
    if (now.isAfter(end) || end.isAfter(now.plus(WINDOW))) {
      end = now.plus(WINDOW);
      count = 0;
    }
    count++;
    if (count <= MOST) {
      return Fate.TOLD;
    }
    return count == MOST + 1 ? Fate.TOO_MANY : Fate.STILL_TOO_MANY;
  }
}
