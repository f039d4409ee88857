package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * What goes wrong by chance from now on. The chance of each request is drawn from the seed, so the
 * same requests in the same order meet the same weather.
 *
 * @param seed what the chance is drawn from
 * @param dropBefore the share of requests, from 0 to 1, whose connection is reset before they take
 *     effect
 * @param dropAfter the share of those that take effect and whose answer is lost
 * @param serverError the share of those that a 502 answers, without an effect
 * @param secondaryLimit the share of those to the REST interface that come too fast
 * @param retryAfter what a request that comes too fast is told to wait
 * @param latency how late every answer comes
 * @param readLag how far the lists are behind: what was written later is not in them yet, while a
 *     look at one thing by its number is never behind; at most two minutes
 */
public record Weather(
    long seed,
    double dropBefore,
    double dropAfter,
    double serverError,
    double secondaryLimit,
    Duration retryAfter,
    Duration latency,
    Duration readLag) {

  /** Nothing goes wrong. */
  public static final Weather CLEAR =
      new Weather(0, 0, 0, 0, 0, Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO);

  public Weather {
    double sum = dropBefore + dropAfter + serverError + secondaryLimit;
    if (Math.min(dropBefore, dropAfter) < 0 || Math.min(serverError, secondaryLimit) < 0) {
      throw new IllegalArgumentException("A share is not negative");
    }
    if (!(sum <= 1)) {
      throw new IllegalArgumentException("The shares of the weather are more than 1: " + sum);
    }
    if (readLag.isNegative() || readLag.compareTo(Shelf.MEMORY) > 0) {
      throw new IllegalArgumentException("Lists are at most two minutes behind, not " + readLag);
    }
  }

  /**
   * Reads {@code {"seed": 7, "drop-before": 0.02, "drop-after": 0.02, "server-error": 0.01,
   * "secondary-limit": 0.01, "retry-after": 2, "latency-ms": 20, "read-lag-ms": 5000}}; what is
   * left out does not happen.
   */
  static Weather of(JsonNode json) {
    return new Weather(
        json.path("seed").asLong(0),
        json.path("drop-before").asDouble(0),
        json.path("drop-after").asDouble(0),
        json.path("server-error").asDouble(0),
        json.path("secondary-limit").asDouble(0),
        Duration.ofSeconds(json.path("retry-after").asLong(1)),
        Duration.ofMillis(json.path("latency-ms").asLong(0)),
        Duration.ofMillis(json.path("read-lag-ms").asLong(0)));
  }

  /** The same from another seed. */
  public Weather seed(long other) {
    return new Weather(
        other, dropBefore, dropAfter, serverError, secondaryLimit, retryAfter, latency, readLag);
  }

  /** The same, with these shares of connections lost. */
  public Weather dropping(double before, double after) {
    return new Weather(
        seed, before, after, serverError, secondaryLimit, retryAfter, latency, readLag);
  }

  /** The same, with this share of requests answered by an error of the server's. */
  public Weather failing(double share) {
    return new Weather(
        seed, dropBefore, dropAfter, share, secondaryLimit, retryAfter, latency, readLag);
  }

  /** The same, with this share of requests told to wait. */
  public Weather limiting(double share, Duration wait) {
    return new Weather(seed, dropBefore, dropAfter, serverError, share, wait, latency, readLag);
  }

  /** The same, with every answer so late. */
  public Weather slow(Duration by) {
    return new Weather(
        seed, dropBefore, dropAfter, serverError, secondaryLimit, retryAfter, by, readLag);
  }

  /** The same, with lists so far behind. */
  public Weather behind(Duration lag) {
    return new Weather(
        seed, dropBefore, dropAfter, serverError, secondaryLimit, retryAfter, latency, lag);
  }
}
