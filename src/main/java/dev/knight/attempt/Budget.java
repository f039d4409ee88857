package dev.knight.attempt;

import dev.knight.agent.Session;
import dev.knight.gateway.Allowance;
import dev.knight.gateway.Meter;
import dev.knight.job.Spent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a job may still use, over all its attempts and restarts: time at work and money, each by
 * itself. Time in which nobody looked, as when a laptop slept, is not counted as work. Money is
 * what the gateway counts, whatever the agent says.
 */
final class Budget {
  /** The part at which the agent is told to come to an end. */
  private static final double WARNING = 0.75;

  /** Looks come once a second; a gap longer than this is a machine that slept. */
  private static final Duration LONGEST_GAP = Duration.ofSeconds(30);

  private final Limits limits;
  private final Spent earlier;
  private final Spent begun;
  private final Meter meter;
  private final Spent before;
  private final InstantSource clock;
  private final List<Session> sessions = new ArrayList<>();
  private Duration worked = Duration.ZERO;
  private Instant looked;

  /**
   * @param earlier what the store says that the job had used before this attempt
   * @param begun what the job had used when this budget began
   * @param meter what the gateway counts; it goes before where it is more, since the store is
   *     written to only now and then
   */
  Budget(Limits limits, Spent earlier, Spent begun, Meter meter, InstantSource clock) {
    this.limits = limits;
    this.begun = begun;
    this.meter = meter;
    this.before = meter.spent();
    this.earlier = earlier.orMore(before);
    this.clock = clock;
    this.looked = clock.instant();
  }

  /** Looks from now on how much {@code session} spends on summing up. */
  synchronized void watch(Session session) {
    sessions.add(session);
  }

  /** What the gateway counts of the job. */
  Meter meter() {
    return meter;
  }

  /** Counts the time since the last look. */
  synchronized void look() {
    Instant now = clock.instant();
    Duration gap = Duration.between(looked, now);
    looked = now;
    if (gap.isPositive()) {
      worked = worked.plus(gap.compareTo(LONGEST_GAP) < 0 ? gap : LONGEST_GAP);
    }
  }

  /** What the job has used, this attempt included. */
  synchronized Spent spent() {
    look();
    return earlier.plus(Spent.time(worked)).plus(meter.spent().minus(before));
  }

  /** What tells it from the job's budgets before; empty for the first. */
  String name() {
    return begun.equals(Spent.NOTHING) ? "" : " " + begun.time().toMillis();
  }

  /** What of this budget is used. */
  private Spent used() {
    return spent().minus(begun);
  }

  /** What of the money went into work: without the summaries that agents make for themselves. */
  synchronized BigDecimal worth() {
    Spent spent = spent();
    Spent upkeep = Spent.NOTHING;
    for (Session session : sessions) {
      upkeep = upkeep.plus(session.upkeep());
    }
    if (spent.usd().signum() > 0 && upkeep.usd().signum() == 0) {
      // pi knows no price and the gateway does
      return spent.usd().multiply(share(spent.minus(upkeep), spent));
    }
    return spent.minus(upkeep).counted();
  }

  private static BigDecimal share(Spent part, Spent whole) {
    long all = whole.inputTokens() + whole.outputTokens();
    long some = part.inputTokens() + part.outputTokens();
    return all <= 0
        ? BigDecimal.ONE
        : BigDecimal.valueOf(Math.max(0, some)).divide(BigDecimal.valueOf(all), 6, RoundingMode.UP);
  }

  /** What may still be asked, as long as {@code reason} has nothing against it. */
  Allowance allowance(Supplier<Optional<String>> reason) {
    return new Allowance() {
      @Override
      public Optional<String> refusal() {
        return reason.get();
      }

      @Override
      public BigDecimal left() {
        return limits.usd().subtract(used().counted());
      }
    };
  }

  /** The limits that it keeps. */
  Limits limits() {
    return limits;
  }

  /** How long the attempt may still go on; at least a second, so that what it ends in is told. */
  Duration time() {
    Duration left = limits.time().minus(used().time());
    return left.compareTo(Duration.ofSeconds(1)) > 0 ? left : Duration.ofSeconds(1);
  }

  /** Whether so much of the time or the money is used that the agent should come to an end. */
  boolean isNearlySpent() {
    Spent used = used();
    return share(used.counted(), limits.usd()) >= WARNING
        || share(used.time(), limits.time()) >= WARNING;
  }

  /** The sentence for the requester, if a limit is reached. */
  Optional<String> overdrawn() {
    Spent used = used();
    if (share(used.counted(), limits.usd()) >= 1) {
      return Optional.of(money(used));
    }
    if (share(used.time(), limits.time()) >= 1) {
      return Optional.of("The time for this job, %s, is used up.".formatted(words(limits.time())));
    }
    return Optional.empty();
  }

  private static String words(Duration time) {
    return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }

  private String money(Spent spent) {
    String budget = "The budget of $%s for this job".formatted(limits.usd().toPlainString());
    return spent.usd().signum() > 0
        ? budget + " is used up."
        : String.format(
            Locale.ROOT,
            "%s is used up: its model has no known price, and %,d tokens count as much.",
            budget,
            spent.inputTokens() + spent.outputTokens());
  }

  private static double share(BigDecimal used, BigDecimal limit) {
    if (limit.signum() <= 0) {
      return used.signum() > 0 ? 1 : 0;
    }
    return used.divide(limit, 6, RoundingMode.DOWN).doubleValue();
  }

  private static double share(Duration used, Duration limit) {
    return (double) used.toMillis() / Math.max(1, limit.toMillis());
  }
}
