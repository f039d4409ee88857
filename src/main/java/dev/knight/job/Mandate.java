package dev.knight.job;

/**
 * What a job's people have given it to work with.
 *
 * @param plan what they agreed on beforehand
 * @param before what the job had cost when its present budget began: the limits count from there
 */
public record Mandate(Plan plan, Spent before) {
  /** A job as it is accepted. */
  public static final Mandate NEW = new Mandate(new Plan.None(), Spent.NOTHING);

  /** The same with another plan. */
  Mandate with(Plan next) {
    return new Mandate(next, before);
  }

  /** The same with a budget that begins at {@code spent}. */
  Mandate from(Spent spent) {
    return new Mandate(plan, spent);
  }
}
