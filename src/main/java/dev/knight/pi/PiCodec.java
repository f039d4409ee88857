package dev.knight.pi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Lines to records and commands to lines. Safe for use by many threads. */
public final class PiCodec {
  /** 4 MB: pi takes 4 s to read 10 MB and 2 minutes for 40. */
  public static final int LONGEST_COMMAND = 4 * 1024 * 1024;

  /** pi nests a dozen deep at most. */
  private static final int DEEPEST = 200;

  private final ObjectMapper json =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(DEEPEST)
                      .maxStringLength(RecordReader.USUAL_LIMIT)
                      .build())
              .build());

  /** What {@code line} says; a line that says nothing readable is {@link PiEvent.Garbled}. */
  public PiRecord decode(byte[] line) {
    try {
      return decode(json.readTree(line));
    } catch (IOException e) {
      return new PiEvent.Garbled(firstLine(String.valueOf(e.getMessage())));
    }
  }

  /** What {@code record} says. */
  public PiRecord decode(JsonNode record) {
    if (!record.isObject()) {
      return new PiEvent.Garbled("no object");
    }
    return Fields.textOrEmpty(record, "type").equals("response")
        ? response(record)
        : Events.decode(record);
  }

  /** {@code line} as a tree; for those who keep or pass on what they do not read. */
  public JsonNode tree(byte[] line) throws IOException {
    return json.readTree(line);
  }

  /**
   * The type of {@code line}, empty where it has none. All of the line is read, so that it is known
   * to be one object, and nothing else of it is kept.
   */
  public String type(byte[] line) throws IOException {
    String type = "";
    try (JsonParser parser = json.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isType = parser.currentName().equals("type");
        if (parser.nextToken().isStructStart()) {
          parser.skipChildren();
        } else if (isType) {
          type = parser.getText();
        }
      }
      if (parser.nextToken() != null) {
        throw new IOException("more than an object");
      }
    }
    return type;
  }

  /**
   * Only the fields of {@code line} that are neither lists nor objects: cheap, however long the
   * line is.
   */
  public ObjectNode scalars(byte[] line) throws IOException {
    ObjectNode scalars = json.createObjectNode();
    try (JsonParser parser = json.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken().isStructStart()) {
          parser.skipChildren();
        } else {
          scalars.set(name, json.<JsonNode>readTree(parser));
        }
      }
    }
    return scalars;
  }

  /** A new, empty object. */
  public ObjectNode object() {
    return json.createObjectNode();
  }

  /** {@code node} as a line with its LF. JSON escapes every line feed inside. */
  public byte[] line(JsonNode node) {
    try {
      byte[] text = json.writeValueAsBytes(node);
      byte[] line = Arrays.copyOf(text, text.length + 1);
      line[text.length] = '\n';
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * {@code command} as pi wants it.
   *
   * @param id what the response will bear
   * @throws IllegalArgumentException when it is longer than {@link #LONGEST_COMMAND}
   */
  public ObjectNode encode(String id, PiCommand command) {
    ObjectNode node = json.createObjectNode().put("id", id);
    switch (command) {
      case PiCommand.Prompt(String message) ->
          node.put("type", "prompt").put("message", bounded(message));
      case PiCommand.Steer(String message) ->
          node.put("type", "steer").put("message", bounded(message));
      case PiCommand.Abort _ -> node.put("type", "abort");
      case PiCommand.ClearQueue _ -> node.put("type", "clear_queue");
      case PiCommand.GetState _ -> node.put("type", "get_state");
      case PiCommand.GetSessionStats _ -> node.put("type", "get_session_stats");
      case PiCommand.GetLastAssistantText _ -> node.put("type", "get_last_assistant_text");
      case PiCommand.GetCommands _ -> node.put("type", "get_commands");
      case PiCommand.CancelDialog(String dialog) ->
          node.put("type", "extension_ui_response").put("id", dialog).put("cancelled", true);
    }
    return node;
  }

  private static String bounded(String message) {
    if (message.getBytes(StandardCharsets.UTF_8).length > LONGEST_COMMAND) {
      throw new IllegalArgumentException("A prompt is longer than 4 MB");
    }
    return message;
  }

  private static PiResponse response(JsonNode record) {
    JsonNode data = record.path("data");
    return new PiResponse(
        record.path("id").isValueNode() && !record.path("id").isNull()
            ? Optional.of(record.path("id").asText())
            : Optional.empty(),
        Fields.textOrEmpty(record, "command"),
        record.path("success").asBoolean(),
        Fields.text(record, "error"),
        data.isNull() ? MissingNode.getInstance() : data);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("unreadable");
  }
}
