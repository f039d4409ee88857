package dev.knight.attempt;

import dev.knight.agent.Session;
import dev.knight.job.Spent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a job may still use, over all its attempts and restarts: time at work and money, each by
 * itself. Time in which nobody looked, as when a laptop slept, is not counted as work.
 */
final class Budget {
  /** The part at which the agent is told to come to an end. */
  private static final double WARNING = 0.75;

  /** Looks come once a second; a gap longer than this is a machine that slept. */
  private static final Duration LONGEST_GAP = Duration.ofSeconds(30);

  private record Watched(Session session, Spent before) {}

  private final Limits limits;
  private final Spent earlier;
  private final Map<String, Spent> recorded;
  private final InstantSource clock;
  private final List<Watched> sessions = new ArrayList<>();
  private Duration worked = Duration.ZERO;
  private Instant looked;

  /**
   * @param earlier what the store says that the job had used before this attempt
   * @param recorded what the journals say of its conversations, by name; it goes before where it is
   *     more, since an agent works on while no service looks
   */
  Budget(Limits limits, Spent earlier, Map<String, Spent> recorded, InstantSource clock) {
    this.limits = limits;
    this.recorded = Map.copyOf(recorded);
    Spent told = recorded.values().stream().reduce(Spent.NOTHING, Spent::plus);
    this.earlier = earlier.orMore(told);
    this.clock = clock;
    this.looked = clock.instant();
  }

  /** Counts {@code session}, the conversation {@code name}, from now on. */
  synchronized void watch(String name, Session session) {
    Spent before = Optional.ofNullable(recorded.get(name)).orElseGet(session::spent);
    sessions.add(new Watched(session, before));
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
    Spent total = earlier.plus(Spent.time(worked));
    for (Watched watched : sessions) {
      total = total.plus(watched.session().spent().minus(watched.before()));
    }
    return total;
  }

  /** What of the money went into work: without the summaries that agents make for themselves. */
  synchronized BigDecimal worth() {
    Spent work = spent();
    for (Watched watched : sessions) {
      work = work.minus(watched.session().upkeep());
    }
    return work.counted();
  }

  /** The limits that it keeps. */
  Limits limits() {
    return limits;
  }

  /** How long the attempt may still go on; at least a second, so that what it ends in is told. */
  Duration time() {
    Duration left = limits.time().minus(spent().time());
    return left.compareTo(Duration.ofSeconds(1)) > 0 ? left : Duration.ofSeconds(1);
  }

  /** Whether so much of the time or the money is used that the agent should come to an end. */
  boolean isNearlySpent() {
    Spent spent = spent();
    return share(spent.counted(), limits.usd()) >= WARNING
        || share(spent.time(), limits.time()) >= WARNING;
  }

  /** The sentence for the requester, if a limit is reached. */
  Optional<String> overdrawn() {
    Spent spent = spent();
    if (share(spent.counted(), limits.usd()) >= 1) {
      return Optional.of(money(spent));
    }
    if (share(spent.time(), limits.time()) >= 1) {
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
