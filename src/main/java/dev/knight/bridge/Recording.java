package dev.knight.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.pi.PiCodec;
import java.io.IOException;
import java.util.Map;

/** What of pi's records is kept, and how short: some 3 % of the bytes tell all that matters. */
final class Recording {
  /** A model's answer may be a plan of many pages. */
  private static final int LONGEST_ANSWER = 512 * 1024;

  /** Everything else is for a person to recognise what happened. */
  static final int LONGEST_TEXT = 4 * 1024;

  private static final int LONGEST_LIST = 100;

  /** What becomes of a record. */
  enum Fate {
    /** It is kept, shortened, and told to the readers as it was kept. */
    KEPT,
    /** It is told to those who listen just now. */
    LIVE,
    /** It repeats what is kept already. */
    DROPPED
  }

  private final PiCodec codec;

  Recording(PiCodec codec) {
    this.codec = codec;
  }

  /** What becomes of a record of {@code type}; what nobody knows is kept. */
  Fate fate(String type) {
    return switch (type) {
      case "message_start",
          "message_update",
          "turn_start",
          "tool_execution_update",
          "queue_update",
          "entry_appended",
          "bash_execution_update",
          "thinking_level_changed" ->
          Fate.LIVE;
      case "turn_end" -> Fate.DROPPED;
      default -> Fate.KEPT;
    };
  }

  /** {@code line}, a record of {@code type} that is kept, as short as it is kept. */
  JsonNode shortened(String type, byte[] line) throws IOException {
    return switch (type) {
      case "agent_end" -> codec.scalars(line);
      case "message_end" -> message(codec.tree(line).path("message"));
      case "tool_execution_end" -> toolEnd(codec.tree(line));
      default -> shortened(codec.tree(line), LONGEST_TEXT);
    };
  }

  /** {@code node} with every long text and list in it cut. */
  JsonNode shortened(JsonNode node, int longest) {
    if (node.isTextual()) {
      return codec.object().textNode(cut(node.textValue(), longest));
    }
    if (node instanceof ArrayNode list) {
      ArrayNode copy = codec.object().arrayNode();
      for (int i = 0; i < Math.min(list.size(), LONGEST_LIST); i++) {
        copy.add(shortened(list.get(i), longest));
      }
      return copy;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = codec.object();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        copy.set(field.getKey(), shortened(field.getValue(), longest));
      }
      return copy;
    }
    return node;
  }

  /** {@code text}, or its beginning and how much is missing. */
  static String cut(String text, int longest) {
    return text.length() <= longest
        ? text
        : text.substring(0, longest) + "… (" + (text.length() - longest) + " more)";
  }

  private JsonNode message(JsonNode message) {
    JsonNode kept =
        switch (message.path("role").asText()) {
          case "assistant" -> shortened(message, LONGEST_ANSWER);
          case "system", "toolResult" -> scalars(message);
          default -> shortened(message, LONGEST_TEXT);
        };
    return codec.object().put("type", "message_end").set("message", kept);
  }

  /** The prompt is long and the same for all; a result was told when its tool ended. */
  private JsonNode scalars(JsonNode message) {
    ObjectNode copy = codec.object();
    message.properties().stream()
        .filter(field -> field.getValue().isValueNode())
        .forEach(field -> copy.set(field.getKey(), shortened(field.getValue(), LONGEST_TEXT)));
    return copy;
  }

  private JsonNode toolEnd(JsonNode record) {
    ObjectNode copy = codec.object();
    record.properties().stream()
        .filter(field -> field.getValue().isValueNode())
        .forEach(field -> copy.set(field.getKey(), field.getValue()));
    JsonNode content = shortened(record.path("result").path("content"), LONGEST_TEXT);
    copy.putObject("result").set("content", content);
    return copy;
  }
}
