package dev.knight.agent;

/** How the agent's answer to one prompt ended, told by its last message and nothing else. */
public sealed interface Turn {

  /** It said all it wanted to; {@code text} is its last message and may be empty. */
  record Finished(String text) implements Turn {}

  /** The model's answer was cut off by its length limit. */
  record Truncated(String text) implements Turn {}

  /**
   * The model could not be asked.
   *
   * @param cause who must act
   * @param message what the provider said, in one sentence, without secrets
   */
  record Failed(Cause cause, String message) implements Turn {}

  /** It was stopped by {@link Session#abort} or a time limit. */
  record Aborted() implements Turn {}

  /**
   * It made the same call over and over and was stopped.
   *
   * @param call the call, in one short line
   */
  record Stuck(String call) implements Turn {}

  /** Who must act on a failure. */
  enum Cause {
    /** It passes by itself: overload, rate limit, an outage, a cut connection. */
    PASSES,
    /** The operator: a wrong key, no credit left, an unknown model. */
    OPERATOR,
    /** Trying again would fail again: the request itself is refused. */
    FINAL
  }
}
