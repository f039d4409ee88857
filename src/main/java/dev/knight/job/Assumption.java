package dev.knight.job;

import java.util.Optional;

/**
 * A question of the agent's that nobody has answered, and what it went on with instead.
 *
 * @param number counts the assumptions of a job, from 1
 * @param key the prompt in whose answer it was asked
 * @param question what the agent wanted to know
 * @param assumed what it went on with
 * @param point where the work can go back to if the answer is another one; empty if it was asked
 *     when the work was done already
 * @param fate what became of it
 */
public record Assumption(
    int number, String key, String question, String assumed, Optional<Point> point, Fate fate) {

  /**
   * Where a job's work stood.
   *
   * @param tree the 40 hexadecimal digits of the tree that git makes of its files
   * @param entry the last entry of its session
   */
  public record Point(String tree, String entry) {}

  /** What became of an assumption. */
  public enum Fate {
    /** It holds, as long as nobody says otherwise. */
    OPEN,
    /** A person said the same. */
    CONFIRMED,
    /** A person said otherwise, and what depended on it was redone. */
    CHANGED,
    /** What it was asked for was undone. */
    VOID
  }

  /** Whether the work is still made with it. */
  public boolean holds() {
    return switch (fate) {
      case OPEN, CONFIRMED -> true;
      case CHANGED, VOID -> false;
    };
  }

  /** The same with another fate. */
  public Assumption as(Fate next) {
    return new Assumption(number, key, question, assumed, point, next);
  }
}
