package dev.knight.attempt;

import dev.knight.job.Hold;
import java.net.URI;

/** How an attempt ended, where it ended by itself. What went wrong in the world is an exception. */
public sealed interface Outcome {

  /**
   * The change is in a pull request.
   *
   * @param draft whether it is a draft, because a check failed
   * @param reason what came of it, for the requester
   */
  record Published(URI pullRequest, boolean draft, String reason) implements Outcome {}

  /** What was asked is answered, in {@code text}; nothing was to be changed. */
  record Answered(String text) implements Outcome {}

  /** Nothing had to change, and {@code reason} says why. */
  record NoChange(String reason) implements Outcome {}

  /** The agent cannot go on without an answer to {@code question}. */
  record Question(String question) implements Outcome {}

  /**
   * The change is made and kept, and nothing of it was pushed: a person has to see it first.
   *
   * @param hold exactly what is held
   * @param question what of it the person has to look at, and why
   */
  record Held(Hold hold, String question) implements Outcome {}

  /**
   * Nothing is changed before a person has agreed to {@code plan}.
   *
   * @param plan what the person is shown
   */
  record Planned(String plan) implements Outcome {}

  /** It has used up what it may; {@code reason} says how far it has come, for the requester. */
  record LimitReached(String reason) implements Outcome {}
}
