package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * One request for the next message of a conversation.
 *
 * @param bearer the key that it came with, empty without one
 * @param model the model that was asked for
 * @param streamed whether the answer is wanted in chunks
 * @param messages the conversation so far
 * @param tools the names of the tools that may be called
 * @param attempt how often this very turn of this conversation was asked before
 */
public record ModelRequest(
    String bearer,
    String model,
    boolean streamed,
    List<Message> messages,
    List<String> tools,
    int attempt) {

  /** One message: {@code system}, {@code user}, {@code assistant} or {@code tool}. */
  public record Message(String role, String text) {}

  static ModelRequest of(String bearer, JsonNode body) {
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : body.path("messages")) {
      messages.add(new Message(message.path("role").asText(), text(message.path("content"))));
    }
    List<String> tools =
        StreamSupport.stream(body.path("tools").spliterator(), false)
            .map(tool -> tool.path("function").path("name").asText())
            .toList();
    boolean streamed = body.path("stream").asBoolean(false);
    return new ModelRequest(
        bearer, body.path("model").asText(), streamed, List.copyOf(messages), tools, 0);
  }

  ModelRequest again(int attempts) {
    return new ModelRequest(bearer, model, streamed, messages, tools, attempts);
  }

  /** How many messages the model has said already: the place in a script. */
  public int turn() {
    return (int) messages.stream().filter(message -> message.role().equals("assistant")).count();
  }

  /** The first thing that the user said: the same in all requests of a conversation. */
  public String prompt() {
    return messages.stream()
        .filter(message -> message.role().equals("user"))
        .map(Message::text)
        .findFirst()
        .orElse("");
  }

  /** The last thing that the user said. */
  public String lastPrompt() {
    return messages.reversed().stream()
        .filter(message -> message.role().equals("user"))
        .map(Message::text)
        .findFirst()
        .orElse("");
  }

  /** What the last tool gave, or what was last said. */
  public String lastText() {
    return messages.isEmpty() ? "" : messages.getLast().text();
  }

  /** What the model was told about itself. */
  public String system() {
    return messages.stream()
        .filter(message -> message.role().equals("system") || message.role().equals("developer"))
        .map(Message::text)
        .findFirst()
        .orElse("");
  }

  /** Content is a text, or a list of parts of which some are text. */
  private static String text(JsonNode content) {
    if (!content.isArray()) {
      return content.asText("");
    }
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asText("")));
    return text.toString();
  }
}
