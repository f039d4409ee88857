package dev.knight.pi;

import java.util.Optional;

/** A message of the conversation. */
public sealed interface PiMessage {

  /** Its words, without thoughts, calls and pictures. */
  String text();

  /**
   * The model's.
   *
   * @param thinking what it thought aloud, for people who want to know
   * @param provider who answered
   * @param model which model
   * @param stopReason why it stopped
   * @param error what went wrong, when it stopped for that
   * @param usage what it used
   */
  record Assistant(
      String text,
      String thinking,
      String provider,
      String model,
      StopReason stopReason,
      Optional<String> error,
      PiUsage usage)
      implements PiMessage {}

  /**
   * Somebody else's.
   *
   * @param role {@code system}, {@code user}, {@code toolResult}, {@code custom}, …
   */
  record Other(String role, String text) implements PiMessage {}
}
