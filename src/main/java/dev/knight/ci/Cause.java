package dev.knight.ci;

import java.util.Optional;

/** Why a check is red, as far as can be told without a model. */
sealed interface Cause {

  /** The check. */
  HeadCheck check();

  /**
   * Nothing in the change can mend it.
   *
   * @param why goes on after the check's name, as {@code was cancelled}
   */
  record Outside(HeadCheck check, String why) implements Cause {}

  /**
   * It may pass when it is run once more.
   *
   * @param workflow the run of Actions that it belongs to
   * @param attempt which try of that run is red
   */
  record Flaky(HeadCheck check, long workflow, int attempt, String why) implements Cause {}

  /**
   * The change itself is to be looked at.
   *
   * @param step the step that failed, where that is known
   */
  record Ours(HeadCheck check, Optional<String> step, Excerpt excerpt) implements Cause {}
}
