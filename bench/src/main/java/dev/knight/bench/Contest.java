package dev.knight.bench;

import java.io.Closeable;
import java.util.List;

/**
 * What is compared.
 *
 * @param name what {@code --only} calls it
 * @param contestants in the order of their turns; all are compared with the last one
 * @param mostRounds it takes no more than these, because one is long
 * @param beside what has to run meanwhile
 */
record Contest(String name, List<Contestant> contestants, int mostRounds, Beside beside) {
  private static final Beside NOTHING = () -> () -> {};

  /** Something that runs beside a contest, and is none of it. */
  @FunctionalInterface
  interface Beside {
    /** Starts it; closing ends it. */
    Closeable start() throws Exception;
  }

  Contest(String name, List<Contestant> contestants) {
    this(name, contestants, Integer.MAX_VALUE);
  }

  Contest(String name, List<Contestant> contestants, int mostRounds) {
    this(name, contestants, mostRounds, NOTHING);
  }

  /** The same beside {@code other}. */
  Contest beside(Beside other) {
    return new Contest(name, contestants, mostRounds, other);
  }

  /** Whether a turn takes so long that it needs no warm-up and no second round. */
  boolean isLong() {
    return mostRounds == 1;
  }

  /** The name of the one that the others are compared with; empty where nobody can be measured. */
  String yardstick() {
    return contestants.isEmpty() ? "" : contestants.getLast().name();
  }
}
