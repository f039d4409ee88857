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
    StringBuilder text = new StringBuilder();
    for (JsonNode block : content) {
      if (textOrEmpty(block, "type").equals("text")) {
        text.append(textOrEmpty(block, "text"));
      }
    }
    return text.toString();
  }
}
