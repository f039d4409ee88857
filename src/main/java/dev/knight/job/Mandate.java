package dev.knight.job;

import java.time.Instant;
import java.util.Optional;

/**
 * What a job's people have given it to work with.
 *
 * @param plan what they agreed on beforehand
 * @param before what the job had cost when its present budget began: the limits count from there
 * @param since when a person had it go on after an end, by the clock of who said so; empty as long
 *     as nobody has
 * @param extendedBy who gave the present budget, because the one before had run out
 */
public record Mandate(
    Plan plan, Spent before, Optional<Instant> since, Optional<String> extendedBy) {
  /** A job as it is accepted. */
  public static final Mandate NEW = new Mandate(new Plan.None(), Spent.NOTHING);

  /** One in its first budget, or of which nobody knows more. */
  public Mandate(Plan plan, Spent before) {
    this(plan, before, Optional.empty(), Optional.empty());
  }

  /** What a job has that {@code order} makes. */
  public static Mandate of(Order order) {
    return switch (order) {
      case PLAN -> NEW.with(new Plan.Wanted());
      case DO, REVIEW, ASK, GO, RETRY, STATUS, HELP, STOP -> NEW;
    };
  }

  /** The same with another plan. */
  Mandate with(Plan next) {
    return new Mandate(next, before, since, extendedBy);
  }

  /**
   * The same with a budget that begins at {@code spent}, because somebody said so at {@code at}.
   */
  Mandate from(Spent spent, Instant at) {
    return new Mandate(plan, spent, Optional.of(at), Optional.empty());
  }

  /** The same with a budget that {@code who} gave for one that had run out. */
  Mandate extendedBy(String who) {
    return new Mandate(plan, before, since, Optional.of(who));
  }
}
