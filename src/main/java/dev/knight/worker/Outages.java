package dev.knight.worker;

import dev.knight.job.JobId;
import dev.knight.job.Side;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * Which sides of the world are away. Every job needs all of them, so while one is, nothing is
 * claimed; then one job at a time tries whether it is back.
 */
final class Outages {
  private static final Logger LOG = Logger.getLogger(Outages.class);

  private final Map<Side, Breaker> breakers = new EnumMap<>(Side.class);
  private final Backoff backoff;

  Outages(Backoff backoff) {
    this.backoff = backoff;
    for (Side side : Side.values()) {
      breakers.put(side, new Breaker.Closed());
    }
  }

  /** Whether a job may be claimed. */
  synchronized boolean admit(Instant now) {
    return breakers.values().stream().allMatch(breaker -> breaker.admits(now));
  }

  synchronized void claimed(JobId job) {
    changeAll(breaker -> breaker.claimed(job));
  }

  /**
   * {@code side} was away for {@code job}.
   *
   * @param named when it said that it is back; otherwise the waits grow
   * @return when the next job may try
   */
  synchronized Instant failed(Side side, JobId job, Instant now, Optional<Instant> named) {
    Breaker before = breaker(side);
    Instant until =
        named.filter(now::isBefore).orElse(now.plus(backoff.after(before.failures(job))));
    Breaker after = before.failed(job, until);
    breakers.put(side, after);
    if (before instanceof Breaker.Closed) {
      LOG.warnf("%s is away: nothing is claimed before %s", side.word(), until);
    }
    return after instanceof Breaker.Open open ? open.until() : until;
  }

  /** {@code side} did what it was asked. */
  synchronized void worked(Side side) {
    if (!(breaker(side) instanceof Breaker.Closed)) {
      LOG.infof("%s is back", side.word());
      breakers.put(side, new Breaker.Closed());
    }
  }

  synchronized void ended(JobId job, Instant now) {
    changeAll(breaker -> breaker.ended(job, now));
  }

  private Breaker breaker(Side side) {
    return breakers.getOrDefault(side, new Breaker.Closed());
  }

  private void changeAll(UnaryOperator<Breaker> verb) {
    breakers.replaceAll((_, breaker) -> verb.apply(breaker));
  }
}
