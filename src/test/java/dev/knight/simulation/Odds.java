package dev.knight.simulation;

import java.util.random.RandomGenerator;

/**
 * How often things go wrong in one world, each as a share of the calls to the outside.
 *
 * @param crash the service is killed
 * @param lost a request does not arrive, or its answer does not
 * @param refused the other side says that it cannot now
 * @param late what is written to GitHub stays out of its lists for up to half a minute
 * @param pages a page comes short, twice, or out of order
 * @param jump the clock is put right, or the machine sleeps
 * @param pause this worker sleeps through its lease while another works
 * @param outlives the agent outlives the service
 */
record Odds(
    double crash,
    double lost,
    double refused,
    double late,
    double pages,
    double jump,
    double pause,
    double outlives) {

  /** Nothing goes wrong. */
  static final Odds NONE = new Odds(0, 0, 0, 0, 0, 0, 0, 1);

  /** Lists lag, and an agent may die with its service; else nothing goes wrong. */
  static final Odds LAG = new Odds(0, 0, 0, 0.5, 0, 0, 0, 0.5);

  /** Of everything a little, or more; each world its own mixture. */
  static Odds of(RandomGenerator dice) {
    return new Odds(
        dice.nextInt(4) == 0 ? 0 : share(dice, 0.015),
        share(dice, 0.20),
        share(dice, 0.05),
        dice.nextInt(3) == 0 ? 0 : share(dice, 1),
        share(dice, 0.20),
        dice.nextInt(3) == 0 ? share(dice, 0.01) : 0,
        dice.nextInt(3) == 0 ? share(dice, 0.01) : 0,
        dice.nextDouble());
  }

  private static double share(RandomGenerator dice, double most) {
    return most * (0.05 + 0.95 * dice.nextDouble());
  }
}
