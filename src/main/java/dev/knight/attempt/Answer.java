package dev.knight.attempt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What the implementer said at the end of its turn.
 *
 * @param outcome what it says came of the request; empty if its block is missing or broken
 * @param title one line for the pull request; empty if there is none
 * @param summary what changed and why: the block's, or the message itself
 * @param question what it wants to know; empty if nothing
 */
record Answer(Optional<Outcome> outcome, String title, String summary, String question) {

  /** The words that the block may use. */
  enum Outcome {
    CHANGED,
    NO_CHANGE,
    QUESTION
  }

  private static final int TITLE = 200;
  private static final int TEXT = 20_000;

  static Answer of(String message) {
    ClosingBlock block = ClosingBlock.of(message);
    if (block.json().isEmpty()) {
      return new Answer(Optional.empty(), "", bounded(message, TEXT), "");
    }
    JsonNode json = block.json().get();
    String summary = text(json, "summary", TEXT);
    return new Answer(
        outcome(text(json, "outcome", 20)),
        text(json, "title", TITLE).replaceAll("\\s+", " "),
        summary.isBlank() ? bounded(block.before(), TEXT) : summary,
        text(json, "question", 2_000));
  }

  /** The same answer with another summary, unless that one is empty. */
  Answer summarised(String other) {
    return other.isBlank() ? this : new Answer(outcome, title, other, question);
  }

  private static Optional<Outcome> outcome(String word) {
    return switch (word) {
      case "changed" -> Optional.of(Outcome.CHANGED);
      case "no-change" -> Optional.of(Outcome.NO_CHANGE);
      case "question" -> Optional.of(Outcome.QUESTION);
      default -> Optional.empty();
    };
  }

  private static String text(JsonNode json, String field, int limit) {
    return bounded(json.path(field).asText(""), limit);
  }

  private static String bounded(String text, int limit) {
    String stripped = text.strip();
    return stripped.length() <= limit ? stripped : stripped.substring(0, limit);
  }
}
