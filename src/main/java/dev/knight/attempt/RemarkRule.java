package dev.knight.attempt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of a remark the implementer says holds beyond the change at hand. */
sealed interface RemarkRule {
  /** Which remark it comes from, from 1. */
  int remark();

  /** It states {@code rule}, which nobody had stated before. */
  record New(int remark, String rule) implements RemarkRule {}

  /** It says what convention {@code id} says. */
  record Again(int remark, long id) implements RemarkRule {}

  /** It says otherwise than convention {@code id}. */
  record Contradicts(int remark, long id) implements RemarkRule {}

  /** More rules than one review can hold are an agent's fancy. */
  int MOST = 20;

  /** Those that end {@code message}. */
  static List<RemarkRule> of(String message) {
    List<RemarkRule> rules = new ArrayList<>();
    ClosingBlock.of(message)
        .json()
        .ifPresent(json -> {
          for (JsonNode node : json.path("rules")) {
            if (rules.size() < MOST) {
              read(node).ifPresent(rules::add);
            }
          }
        });
    return List.copyOf(rules);
  }

  private static Optional<RemarkRule> read(JsonNode node) {
    int remark = node.path("remark").asInt(0);
    String rule = node.path("rule").asText("").strip();
    if (node.path("again").canConvertToLong()) {
      return Optional.of(new Again(remark, node.path("again").asLong()));
    }
    if (node.path("contradicts").canConvertToLong()) {
      return Optional.of(new Contradicts(remark, node.path("contradicts").asLong()));
    }
    return rule.isEmpty() ? Optional.empty() : Optional.of(new New(remark, rule));
  }
}
