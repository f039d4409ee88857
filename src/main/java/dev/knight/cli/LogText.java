package dev.knight.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.bridge.Fact;
import dev.knight.bridge.Fact.Answered;
import dev.knight.bridge.Fact.Exited;
import dev.knight.bridge.Fact.Prompted;
import dev.knight.bridge.Fact.Said;
import dev.knight.bridge.Fact.Started;
import dev.knight.bridge.Fact.Steered;
import dev.knight.bridge.Fact.Unknown;
import dev.knight.bridge.JournalEntry;
import dev.knight.hygiene.PlainText;
import dev.knight.hygiene.Redactor;
import dev.knight.pi.PiEvent;
import dev.knight.pi.PiMessage;
import dev.knight.pi.PiRecord;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a journal's entries are in words. */
final class LogText {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final int LONGEST_ARGUMENTS = 160;
  private static final String INDENT = " ".repeat(10);

  private final Redactor redactor;

  LogText(Redactor redactor) {
    this.redactor = redactor;
  }

  /** {@code entry} in words, or empty if it is of no interest to a person. */
  Optional<String> of(JournalEntry entry) {
    String time = TIME.format(entry.at().atZone(ZoneId.systemDefault()));
    return words(entry.fact())
        .map(redactor::text)
        .map(PlainText::lines)
        .map(words -> time + "  " + words.strip().replace("\n", "\n" + INDENT));
  }

  private Optional<String> words(Fact fact) {
    return switch (fact) {
      case Started _ -> Optional.of("-- pi starts");
      case Prompted(String key, int attempt) ->
          Optional.of("-- asked: " + key + (attempt > 1 ? ", for the " + attempt + ". time" : ""));
      case Answered answered when !answered.response().success() ->
          Optional.of("-- refused: " + answered.response().error().orElse("no reason given"));
      case Answered _, Unknown _ -> Optional.empty();
      case Steered(_, String text) -> Optional.of("-- told: " + text);
      case Said(PiRecord record) -> words(record);
      case Exited(int code, String stderr) ->
          Optional.of("-- pi ended with code " + code + (code == 0 ? "" : "\n" + stderr));
    };
  }

  private Optional<String> words(PiRecord record) {
    return switch (record) {
      case PiEvent.MessageEnd(PiMessage.Assistant said) ->
          Optional.of(said.error().map(why -> "-- error: " + why).orElse(said.text()))
              .filter(text -> !text.isBlank());
      case PiEvent.ToolStart(_, String tool, JsonNode arguments) ->
          Optional.of("> " + tool + " " + brief(arguments));
      case PiEvent.ToolEnd end when end.failed() ->
          Optional.of("! " + end.tool() + " failed: " + firstLine(end.text()));
      case PiEvent.RetryStart retry ->
          Optional.of(
              "-- the model failed (%s); try %d of %d"
                  .formatted(retry.error(), retry.attempt(), retry.attempts()));
      case PiEvent.CompactionStart _ -> Optional.of("-- the conversation is summarised");
      case PiEvent.Garbled(String reason) -> Optional.of("-- unreadable: " + reason);
      default -> Optional.empty();
    };
  }

  /** A call on one line: its values are what a person looks for, a command or a path first. */
  private String brief(JsonNode arguments) {
    String values =
        arguments.properties().stream()
            .map(field -> PlainText.line(redactor.text(field.getValue().asText())))
            .filter(value -> !value.isEmpty())
            .collect(Collectors.joining(" | "));
    return values.length() <= LONGEST_ARGUMENTS
        ? values
        : values.substring(0, LONGEST_ARGUMENTS) + "…";
  }

  private static String firstLine(String text) {
    return text.strip().lines().findFirst().orElse("");
  }
}
