package dev.knight.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.bridge.Fact;
import dev.knight.pi.PiEvent;
import dev.knight.pi.PiMessage;
import java.util.Optional;
import java.util.stream.Stream;

/** What a fact is worth to somebody who watches: one short line, or nothing. */
final class Activity {
  private static final int LONGEST = 200;

  private Activity() {}

  static Optional<String> of(Fact fact) {
    Optional<String> line =
        switch (fact) {
          case Fact.Started _ -> Optional.of("pi started");
          case Fact.Prompted(String key, int _) -> Optional.of("asked: " + key);
          case Fact.Steered(_, String text) -> Optional.of("told: " + text);
          case Fact.Said(PiEvent event) -> of(event);
          case Fact.Exited gone -> Optional.of("pi ended with code " + gone.code());
          case Fact.Said _, Fact.Answered _, Fact.Unknown _ -> Optional.empty();
        };
    return line.map(text -> OneLine.of(text, LONGEST)).filter(text -> !text.isEmpty());
  }

  /** The call of a tool. */
  static String call(PiEvent.ToolStart call) {
    return OneLine.of(call.tool() + " " + argument(call.arguments()), LONGEST);
  }

  private static Optional<String> of(PiEvent event) {
    return switch (event) {
      case PiEvent.ToolStart tool -> Optional.of(call(tool));
      case PiEvent.ToolEnd tool when tool.failed() ->
          Optional.of(tool.tool() + " failed: " + tool.text());
      case PiEvent.MessageEnd(PiMessage.Assistant message) -> Optional.of(message.text());
      case PiEvent.RetryStart retry ->
          Optional.of(
              "the model failed, try %d of %d follows: %s"
                  .formatted(retry.attempt(), retry.attempts(), retry.error()));
      case PiEvent.CompactionStart _ -> Optional.of("sums up the conversation");
      default -> Optional.empty(); // the rest is noise to a person
    };
  }

  private static String argument(JsonNode arguments) {
    return Stream.of("command", "path", "pattern")
        .map(name -> arguments.path(name).asText())
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }
}
