package dev.knight.attempt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the implementer says that it did for one remark of a review.
 *
 * @param remark which, from 1, in the order in which it was told of them
 * @param did what it says it did
 * @param text one or two sentences for whoever wrote the remark; may be empty
 */
record RemarkAnswer(int remark, Did did, String text) {
  private static final int TEXT = 2_000;

  /** More than anybody writes in one review. */
  private static final int MOST = 500;

  /** The words that the block may use. */
  enum Did {
    CHANGED,
    DISAGREE,
    ANSWERED
  }

  /** The answers that end {@code message}; of two for one remark the first. */
  static List<RemarkAnswer> of(String message) {
    List<RemarkAnswer> answers = new ArrayList<>();
    ClosingBlock.of(message)
        .json()
        .ifPresent(json -> {
          for (JsonNode node : json.path("answers")) {
            if (answers.size() < MOST) {
              read(node).ifPresent(answers::add);
            }
          }
        });
    return List.copyOf(answers);
  }

  /** The one for remark {@code number}, from 1. */
  static Optional<RemarkAnswer> to(int number, List<RemarkAnswer> answers) {
    return answers.stream().filter(answer -> answer.remark() == number).findFirst();
  }

  private static Optional<RemarkAnswer> read(JsonNode node) {
    String text = node.path("text").asText("").strip();
    String words = text.length() <= TEXT ? text : text.substring(0, TEXT);
    int remark = node.path("remark").asInt(0);
    return switch (node.path("did").asText("")) {
      case "changed" -> Optional.of(new RemarkAnswer(remark, Did.CHANGED, words));
      case "disagree" -> Optional.of(new RemarkAnswer(remark, Did.DISAGREE, words));
      case "answered" -> Optional.of(new RemarkAnswer(remark, Did.ANSWERED, words));
      default -> Optional.empty();
    };
  }
}
