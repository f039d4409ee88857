package dev.knight.attempt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.publish.Story;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What the implementer said at the end of its turn.
 *
 * @param outcome what it says came of the request; empty if its block is missing or broken
 * @param title one line for the pull request; empty if there is none
 * @param story what it says of the change: the block's parts, or the message itself
 * @param commit the commit's message as it would have it; empty if it does not say
 * @param fix whether it says that the change mends something that was broken
 * @param questions what it wants to know
 * @param goneBy the numbers of the repository's conventions that it says it went by
 */
record Answer(
    Optional<Outcome> outcome,
    String title,
    Story story,
    String commit,
    boolean fix,
    List<Asked> questions,
    List<Long> goneBy) {

  /** The words that the block may use. */
  enum Outcome {
    CHANGED,
    NO_CHANGE,
    QUESTION
  }

  private static final int TITLE = 200;
  private static final int TEXT = 20_000;
  private static final int MOST_NUMBERS = 100;

  static Answer of(String message) {
    ClosingBlock block = ClosingBlock.of(message);
    if (block.json().isEmpty()) {
      return new Answer(
          Optional.empty(), "", Story.of(bounded(message, TEXT)), "", false, List.of(), List.of());
    }
    JsonNode json = block.json().get();
    String summary = text(json, "summary", TEXT);
    return new Answer(
        outcome(text(json, "outcome", 20)),
        text(json, "title", TITLE).replaceAll("\\s+", " "),
        story(json, summary.isBlank() ? bounded(block.before(), TEXT) : summary),
        text(json, "commit", 2_000),
        json.path("fix").asBoolean(false),
        Asked.in(json),
        numbers(json.path("conventions")));
  }

  private static Story story(JsonNode json, String summary) {
    return new Story(
        summary,
        text(json, "why", TEXT),
        text(json, "what", TEXT),
        text(json, "decisions", TEXT),
        List.of(),
        text(json, "risks", TEXT),
        text(json, "leftOut", TEXT));
  }

  /** What changed and why, all in one. */
  String summary() {
    return story.summary();
  }

  /** The same answer with another summary, unless that one is empty. */
  Answer summarised(String other) {
    return other.isBlank()
        ? this
        : new Answer(outcome, title, story.summarised(other), commit, fix, questions, goneBy);
  }

  /** The same answer, to a job that cannot go on without one. */
  Answer asking() {
    return new Answer(Optional.of(Outcome.QUESTION), title, story, commit, fix, questions, goneBy);
  }

  /** Whether it ends in questions, and not in a result. */
  boolean asks() {
    return outcome.equals(Optional.of(Outcome.QUESTION)) && !questions.isEmpty();
  }

  /** Its questions, for a person. */
  String question() {
    return questions.isEmpty() ? "" : Asked.shown(questions);
  }

  private static Optional<Outcome> outcome(String word) {
    return switch (word) {
      case "changed" -> Optional.of(Outcome.CHANGED);
      case "no-change" -> Optional.of(Outcome.NO_CHANGE);
      case "question" -> Optional.of(Outcome.QUESTION);
      default -> Optional.empty();
    };
  }

  private static List<Long> numbers(JsonNode items) {
    return StreamSupport.stream(items.spliterator(), false)
        .filter(JsonNode::canConvertToLong)
        .map(JsonNode::asLong)
        .distinct()
        .limit(MOST_NUMBERS)
        .toList();
  }

  /** A text, or a list of texts as Markdown has it. */
  private static String text(JsonNode json, String field, int limit) {
    JsonNode value = json.path(field);
    return bounded(value.isArray() ? list(value) : value.asText(""), limit);
  }

  private static String list(JsonNode items) {
    return StreamSupport.stream(items.spliterator(), false)
        .map(item -> item.asText("").strip())
        .filter(item -> !item.isEmpty())
        .map(item -> "- " + item.replaceAll("\\s+", " "))
        .collect(Collectors.joining("\n"));
  }

  private static String bounded(String text, int limit) {
    String stripped = text.strip();
    return stripped.length() <= limit ? stripped : stripped.substring(0, limit);
  }
}
