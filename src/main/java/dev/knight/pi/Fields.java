package dev.knight.pi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lenient reading of a record's fields: what is missing or of another type counts as absent. */
final class Fields {
  private Fields() {}

  static Optional<String> text(JsonNode node, String name) {
    JsonNode field = node.path(name);
    return field.isTextual() ? Optional.of(field.textValue()) : Optional.empty();
  }

  static String textOrEmpty(JsonNode node, String name) {
    return text(node, name).orElse("");
  }

  static List<String> texts(JsonNode node, String name) {
    List<String> texts = new ArrayList<>();
    node.path(name).forEach(each -> texts.add(each.asText()));
    return List.copyOf(texts);
  }

  /** The text of a message: a string, or the text blocks of a list put together. */
  static String content(JsonNode content) {
    if (content.isTextual()) {
      return content.textValue();
    }
    return blocks(content, "text");
  }

  /**
   * The blocks of {@code kind} put together, each of which names its text as it is named itself.
   */
  static String blocks(JsonNode content, String kind) {
    StringBuilder text = new StringBuilder();
    for (JsonNode block : content) {
      if (textOrEmpty(block, "type").equals(kind)) {
        text.append(textOrEmpty(block, kind));
      }
    }
    return text.toString();
  }
}
