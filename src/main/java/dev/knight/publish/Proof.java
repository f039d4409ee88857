package dev.knight.publish;

/** What the new and changed tests of a change that is called a fix say of the code before it. */
public sealed interface Proof {

  /**
   * They fail without the change, and pass with it.
   *
   * @param tests how many files of tests were added or changed
   * @param command the check that fails
   * @param result how it ends without the change
   */
  record RedThenGreen(int tests, String command, String result) implements Proof {}

  /** They pass without the change as well. */
  record GreenBefore(int tests) implements Proof {}

  /** No test was added or changed. */
  record NoTests() implements Proof {}

  /** It was not found out: no check passed on the change, or none could be run without it. */
  record Unknown(int tests) implements Proof {}
}
