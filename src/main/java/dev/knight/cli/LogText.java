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
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the entries of journals are in words: what was said as it is, a call of a tool on one line,
 * and what it printed only where it failed, or where that is wanted.
 */
final class LogText {
  private static final int LONGEST_ARGUMENTS = 160;
  private static final String INDENT = " ".repeat(10);
  private static final int MOST_OUTPUT = 200;

  private final Redactor redactor;
  private final Terminal terminal;
  private final String main;
  private final boolean isFull;

  /**
   * @param main the job's main conversation; what others say is marked
   * @param isFull whether what tools print is told, too
   */
  LogText(Redactor redactor, Terminal terminal, String main, boolean isFull) {
    this.redactor = redactor;
    this.terminal = terminal;
    this.main = main;
    this.isFull = isFull;
  }

  /** {@code spoken} in words, or empty if it is of no interest to a person. */
  Optional<String> of(Journals.Spoken spoken) {
    JournalEntry entry = spoken.line().entry();
    return words(entry.fact())
        .map(redactor::text)
        .map(PlainText::lines)
        .map(words -> shown(words.strip(), tone(entry.fact()), spoken.session(), entry));
  }

  private String shown(String words, Tone tone, String session, JournalEntry entry) {
    String mark =
        session.equals(main)
            ? ""
            : terminal.painted(
                Tone.QUIET, PlainText.line(session.replaceFirst("^" + main + "-", "")) + "│ ");
    String lines =
        words
            .lines()
            .map(line -> mark + terminal.painted(tone, line))
            .collect(Collectors.joining("\n" + INDENT));
    return terminal.painted(Tone.QUIET, Amounts.clock(entry.at())) + "  " + lines;
  }

  private static Tone tone(Fact fact) {
    return switch (fact) {
      case Steered _ -> Tone.PERSON;
      case Said(PiEvent.MessageEnd(PiMessage.Assistant said)) ->
          said.error().isPresent() ? Tone.BAD : Tone.PLAIN;
      case Said(PiEvent.ToolStart _) -> Tone.BUSY;
      case Said(PiEvent.ToolEnd end) -> end.failed() ? Tone.BAD : Tone.QUIET;
      case Exited(int code, _) -> code == 0 ? Tone.QUIET : Tone.BAD;
      case Started _, Prompted _, Answered _, Said _, Unknown _ -> Tone.QUIET;
    };
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
      case PiEvent.ToolEnd end when end.failed() && !isFull ->
          Optional.of("! " + end.tool() + " failed: " + firstLine(end.text()));
      case PiEvent.ToolEnd end when isFull -> Optional.of(output(end));
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

  /** Its first lines: a build may print thousands. */
  private static String output(PiEvent.ToolEnd end) {
    String mark = end.failed() ? "! " : "  ";
    long lines = end.text().strip().lines().count();
    return (end.failed() ? "! " + end.tool() + " failed\n" : "")
        + end.text()
            .strip()
            .lines()
            .limit(MOST_OUTPUT)
            .map(line -> mark + line)
            .collect(Collectors.joining("\n"))
        + (lines > MOST_OUTPUT ? "\n  … (%d more lines)".formatted(lines - MOST_OUTPUT) : "");
  }

  private static String firstLine(String text) {
    return text.strip().lines().findFirst().orElse("");
  }
}
