package dev.knight.attempt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.publish.Finding;
import dev.knight.publish.Finding.Fate;
import dev.knight.publish.Finding.Severity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the reviewer said.
 *
 * @param approved whether it approves the change
 * @param findings what it found, the worst first; at most {@value #MOST}
 */
record Judgement(boolean approved, List<Finding> findings) {
  /** More findings than this do not help anybody. */
  static final int MOST = 12;

  private static final int TEXT = 1_000;

  /** Reads a reviewer's message; empty if its block is missing or broken. */
  static Optional<Judgement> of(String message) {
    return ClosingBlock.of(message).json().flatMap(Judgement::read);
  }

  private static Optional<Judgement> read(JsonNode json) {
    List<Finding> findings =
        elements(json.path("findings"))
            .filter(node -> !node.path("text").asText("").isBlank())
            .map(Judgement::finding)
            .sorted((one, other) -> one.severity().compareTo(other.severity()))
            .limit(MOST)
            .toList();
    return switch (json.path("verdict").asText("")) {
      case "approve" -> Optional.of(new Judgement(true, findings));
      case "changes" -> Optional.of(new Judgement(false, findings));
      default -> Optional.empty();
    };
  }

  private static Finding finding(JsonNode node) {
    Severity severity =
        switch (node.path("severity").asText("")) {
          case "high" -> Severity.HIGH;
          case "low" -> Severity.LOW;
          default -> Severity.MEDIUM;
        };
    String file = bounded(node.path("file").asText(""), 300);
    int line = node.path("line").asInt(0);
    String place = line > 0 && !file.isEmpty() ? file + ":" + line : file;
    return new Finding(severity, place, bounded(node.path("text").asText(), TEXT), Fate.OPEN);
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static String bounded(String text, int limit) {
    String stripped = text.strip();
    return stripped.length() <= limit ? stripped : stripped.substring(0, limit);
  }
}
