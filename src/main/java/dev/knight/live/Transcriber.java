package dev.knight.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.api.LiveLine;
import dev.knight.api.LiveLine.Kind;
import dev.knight.bridge.Fact;
import dev.knight.bridge.JournalEntry;
import dev.knight.hygiene.Redactor;
import dev.knight.pi.PiEvent;
import dev.knight.pi.PiMessage;
import dev.knight.pi.PiRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Puts what happens in one conversation into lines. Not safe for use by several threads. */
final class Transcriber {
  private static final int LONGEST_ARGUMENT = 160;
  private static final int LONGEST_CHANGE = 60;

  private final String session;
  private final Redactor redactor;
  private final Pieces pieces;

  Transcriber(String session, Redactor redactor) {
    this.session = session;
    this.redactor = redactor;
    this.pieces = new Pieces(redactor);
  }

  /** {@code entry} as a line, or empty if it is of no interest to a person. */
  Optional<LiveLine> line(JournalEntry entry) {
    return switch (entry.fact()) {
      case Fact.Started _ -> note(entry, "pi starts");
      case Fact.Prompted(String key, int _) -> Optional.of(line(Kind.ASKED, entry, "", key));
      case Fact.Answered answered when !answered.response().success() ->
          note(entry, "refused: " + answered.response().error().orElse("no reason given"));
      case Fact.Said(PiEvent event) -> said(entry, event);
      case Fact.Exited(int code, String _) when code != 0 ->
          note(entry, "pi ended with code " + code);
      // What was told stands in the job's story, in the words of whoever said it.
      case Fact.Steered _, Fact.Said _, Fact.Answered _, Fact.Exited _, Fact.Unknown _ ->
          Optional.empty();
    };
  }

  private Optional<LiveLine> said(JournalEntry entry, PiEvent event) {
    return switch (event) {
      case PiEvent.MessageEnd(PiMessage.Assistant said) -> {
        pieces.end();
        yield said.error()
            .map(why -> line(Kind.NOTE, entry, "error", why))
            .or(() ->
                Optional.of(said(entry, said))
                    .filter(line -> !(line.text() + line.detail()).isBlank()));
      }
      case PiEvent.ToolStart(String call, String tool, JsonNode arguments) ->
          Optional.of(
              new LiveLine(
                  Kind.CALL,
                  session,
                  entry.seq(),
                  entry.at(),
                  shown(tool),
                  argument(arguments),
                  change(arguments),
                  shown(call),
                  false,
                  0));
      case PiEvent.ToolEnd end ->
          Optional.of(
              new LiveLine(
                  Kind.RESULT,
                  session,
                  entry.seq(),
                  entry.at(),
                  shown(end.tool()),
                  end.failed() ? lastLine(shown(end.text())) : "",
                  shown(end.text()),
                  shown(end.callId()),
                  end.failed(),
                  end.duration().map(Duration::toMillis).orElse(0L)));
      case PiEvent.RetryStart retry ->
          note(
              entry,
              "the model failed (%s); try %d of %d"
                  .formatted(retry.error(), retry.attempt(), retry.attempts()));
      case PiEvent.CompactionStart _ -> note(entry, "the conversation is summarised");
      case PiEvent.Garbled(String reason) -> note(entry, "unreadable: " + reason);
      default -> Optional.empty(); // the rest is noise to a person
    };
  }

  private LiveLine said(JournalEntry entry, PiMessage.Assistant said) {
    return new LiveLine(
        Kind.SAID,
        session,
        entry.seq(),
        entry.at(),
        "",
        shown(said.text()),
        shown(said.thinking()),
        "",
        false,
        0);
  }

  /** Whether {@link #live} has anything to do with {@code record}: most are long, and are not. */
  static boolean isOfInterest(PiRecord record) {
    return switch (record) {
      case PiEvent.MessageStart _ -> true;
      case PiEvent.MessageUpdate(String kind, String _) -> kind.equals("text_delta");
      default -> false;
    };
  }

  /** What is not kept as a line, or empty if it is of no interest. */
  Optional<LiveLine> live(PiRecord record, Instant now) {
    return switch (record) {
      case PiEvent.MessageStart(String role) when role.equals("assistant") -> {
        pieces.begin();
        yield Optional.empty();
      }
      case PiEvent.MessageUpdate(String kind, String delta) when kind.equals("text_delta") ->
          Optional.of(pieces.pass(delta))
              .filter(text -> !text.isEmpty())
              .map(text -> LiveLine.of(Kind.DELTA, session, 0, now, "", text));
      default -> Optional.empty();
    };
  }

  /** Something that is not kept was missed: the rest of that message is told as a whole. */
  void missed() {
    pieces.end();
  }

  private Optional<LiveLine> note(JournalEntry entry, String text) {
    return Optional.of(line(Kind.NOTE, entry, "", text));
  }

  private LiveLine line(Kind kind, JournalEntry entry, String name, String text) {
    return LiveLine.of(kind, session, entry.seq(), entry.at(), name, shown(text));
  }

  /** Of a whole text: what is cut, joined or marked before this hides a secret from it. */
  private String shown(String text) {
    return redactor.text(text);
  }

  /** What a person looks for: a command or a path; the change itself is told apart. */
  private String argument(JsonNode arguments) {
    String values =
        arguments.properties().stream()
            .filter(field -> field.getValue().isValueNode())
            .filter(field -> !isChange(field.getKey()))
            .map(field -> shown(field.getValue().asText()).strip().replaceAll("\\s+", " "))
            .filter(value -> !value.isEmpty())
            .collect(Collectors.joining(" | "));
    return values.length() <= LONGEST_ARGUMENT
        ? values
        : values.substring(0, LONGEST_ARGUMENT) + "…";
  }

  private static boolean isChange(String field) {
    return switch (field) {
      case "oldText", "newText", "content" -> true;
      default -> false;
    };
  }

  /** What an edit takes out and puts in, in the manner of a diff. */
  private String change(JsonNode arguments) {
    String all =
        arguments.path("edits").isArray()
            ? StreamSupport.stream(arguments.path("edits").spliterator(), false)
                .map(this::replaced)
                .collect(Collectors.joining())
            : replaced(arguments) + marked("+", arguments.path("content"));
    long lines = all.lines().count();
    return lines <= LONGEST_CHANGE
        ? all
        : all.lines().limit(LONGEST_CHANGE).collect(Collectors.joining("\n"))
            + "\n… (%d more lines)\n".formatted(lines - LONGEST_CHANGE);
  }

  private String replaced(JsonNode edit) {
    return marked("-", edit.path("oldText")) + marked("+", edit.path("newText"));
  }

  private String marked(String mark, JsonNode text) {
    return shown(text.asText())
        .lines()
        .map(line -> mark + line + "\n")
        .collect(Collectors.joining());
  }

  private static String lastLine(String text) {
    return text.strip().lines().reduce("", (_, line) -> line);
  }
}
