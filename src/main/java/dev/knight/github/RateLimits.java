package dev.knight.github;

import dev.knight.job.Side;
import dev.knight.job.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What GitHub's answers say about going on: the quota, and the pause that holds for every request
 * of this identity. The order of waiting is GitHub's own: {@code retry-after}, else until the quota
 * starts anew, else a minute that doubles.
 */
final class RateLimits {
  /** The shortest wait after a secondary limit that names no time, by GitHub's documentation. */
  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);

  /** A window of the primary limit; nothing that GitHub really says is further away. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final InstantSource clock;
  private Instant pausedUntil = Instant.MIN;
  private Duration nextWait = FIRST_WAIT;
  private Optional<Quota> quota = Optional.empty();

  RateLimits(InstantSource clock) {
    this.clock = clock;
  }

  synchronized Optional<Quota> quota() {
    return quota;
  }

  /**
   * Lets the caller go on.
   *
   * @throws UnavailableException with the end of the pause, while there is one
   */
  synchronized void check() {
    if (clock.instant().isBefore(pausedUntil)) {
      throw new UnavailableException(
          Side.GITHUB,
          "GitHub's rate limit is used up; knight goes on at " + pausedUntil + ".",
          Optional.of(pausedUntil),
          null);
    }
  }

  /** Pauses for an answer that is a limit though its status does not say so. */
  synchronized UnavailableException limited(HttpReply reply) {
    pause(waitAsked(reply).orElseGet(this::doubling));
    return new UnavailableException(
        Side.GITHUB, "GitHub's rate limit is used up.", Optional.of(pausedUntil), null);
  }

  /** Learns from an answer, whatever it was. */
  synchronized void note(HttpReply reply) {
    readQuota(reply);
    if (isLimit(reply)) {
      pause(waitAsked(reply).orElseGet(this::doubling));
    } else if (reply.status() == 503) {
      // GitHub in maintenance names its end.
      retryAfter(reply).ifPresent(this::pause);
    } else if (reply.status() < 400) {
      nextWait = FIRST_WAIT;
      if (isUsedUp(reply)) {
        pause(untilReset(reply).orElse(FIRST_WAIT));
      }
    }
  }

  /** Whether the answer is a refusal that passes by waiting, and no word about permissions. */
  static boolean isLimit(HttpReply reply) {
    return reply.status() == 429
        || (reply.status() == 403
            && (reply.header("retry-after").isPresent()
                || isUsedUp(reply)
                || reply.says("secondary rate limit")
                || reply.says("abuse detection mechanism")
                || reply.says("API rate limit exceeded")));
  }

  /** What {@code retry-after} says, at most an hour. */
  static Optional<Duration> retryAfter(HttpReply reply) {
    return reply.number("retry-after").map(Duration::ofSeconds).map(RateLimits::bounded);
  }

  private static Optional<Duration> waitAsked(HttpReply reply) {
    return retryAfter(reply).or(() -> isUsedUp(reply) ? untilReset(reply) : Optional.empty());
  }

  /** The difference of two times of GitHub's, since this machine's clock may be wrong. */
  private static Optional<Duration> untilReset(HttpReply reply) {
    return reply
        .number("x-ratelimit-reset")
        .flatMap(reset ->
            reply.date().map(date -> Duration.ofSeconds(reset - date.getEpochSecond() + 1)))
        .map(RateLimits::bounded);
  }

  private static boolean isUsedUp(HttpReply reply) {
    return reply.number("x-ratelimit-remaining").filter(left -> left == 0).isPresent();
  }

  private static Duration bounded(Duration wait) {
    if (wait.compareTo(LONGEST_WAIT) > 0) {
      return LONGEST_WAIT;
    }
    return wait.isPositive() ? wait : Duration.ofSeconds(1);
  }

  private Duration doubling() {
    Duration wait = nextWait;
    nextWait = bounded(wait.multipliedBy(2));
    return wait;
  }

  private void pause(Duration wait) {
    Instant end = clock.instant().plus(wait);
    if (end.isAfter(pausedUntil)) {
      pausedUntil = end;
    }
  }

  private void readQuota(HttpReply reply) {
    boolean ofCore = reply.header("x-ratelimit-resource").orElse("core").equals("core");
    Optional<Long> limit = reply.number("x-ratelimit-limit");
    Optional<Long> left = reply.number("x-ratelimit-remaining");
    Optional<Long> reset = reply.number("x-ratelimit-reset").filter(at -> at < 1L << 40);
    if (ofCore && limit.isPresent() && left.isPresent() && reset.isPresent()) {
      quota = Optional.of(new Quota(limit.get(), left.get(), Instant.ofEpochSecond(reset.get())));
    }
  }
}
