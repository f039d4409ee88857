package dev.knight.dashboard;

import dev.knight.api.LiveLine;
import dev.knight.dashboard.TalkItem.CallEnd;
import dev.knight.hygiene.PlainText;
import dev.knight.live.Past;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Puts the lines of a job into a session as people read it: who asked, what was said, which tools
 * were called. Secrets are out of them already.
 */
final class Talk {
  /** What people did, which the agent hears; the rest of the story stands on its own. */
  private static final Set<String> FROM_PEOPLE =
      Set.of("accepted", "mention", "approved", "let-through", "reopened", "extended", "stopped");

  /** A session may be named after what it is about, which tells a person nothing. */
  private static final Pattern MARK = Pattern.compile("-[0-9a-f]{7,40}\\b");

  /** What an answer ends with, for knight to read. */
  private static final String BLOCK = "```json";

  private static final int LONGEST = 20_000;
  private static final int DIGITS = 16;

  private final String main;

  /** {@code main} is the name of the job's main conversation. */
  Talk(String main) {
    this.main = main;
  }

  /** A thing of the past, if it belongs to the session. */
  Optional<TalkItem> of(Past.Item item, boolean isOver) {
    return of(item.line())
        .map(told ->
            told.kind().equals("call") ? ended(told, item.line(), item.result(), isOver) : told);
  }

  private TalkItem ended(TalkItem call, LiveLine line, Optional<LiveLine> result, boolean isOver) {
    CallEnd end =
        result
            .map(Talk::end)
            .orElseGet(
                () -> new CallEnd(sign(line), output(line), isOver ? "open" : "running", "", ""));
    return new TalkItem(
        call.id(),
        call.kind(),
        call.aside(),
        call.at(),
        call.text(),
        call.thoughts(),
        call.report(),
        call.tool(),
        call.change(),
        end);
  }

  /** {@code line} as it comes, if it begins something in the session. */
  Optional<TalkItem> of(LiveLine line) {
    return switch (line.kind()) {
      case EVENT ->
          FROM_PEOPLE.contains(line.name())
              ? Optional.of(words("person", line, line.text()))
              : Optional.empty();
      case ASKED -> Optional.of(words("asked", line, asked(line.text())));
      case SAID -> Optional.of(words("said", line, line.text()));
      case NOTE -> Optional.of(words("note", line, line.text()));
      case CALL -> Optional.of(call(line));
      case STATE, DELTA, RESULT, BEAT, END -> Optional.empty();
    };
  }

  /** How the call of {@code result} ended. */
  static CallEnd end(LiveLine result) {
    return new CallEnd(
        sign(result),
        output(result),
        result.failed() ? "bad" : "good",
        took(result.millis()),
        cut(PlainText.lines(result.detail().isEmpty() ? result.text() : result.detail())));
  }

  private TalkItem words(String kind, LiveLine line, String text) {
    String all = PlainText.lines(text.strip());
    int block = kind.equals("said") && all.endsWith("```") ? all.lastIndexOf(BLOCK) : -1;
    return new TalkItem(
        id(line),
        kind,
        aside(line),
        Moment.of(line.at()),
        cut(block < 0 ? all : all.substring(0, block).strip()),
        cut(PlainText.lines(line.detail().strip())),
        block < 0 ? "" : cut(all.substring(block + BLOCK.length(), all.length() - 3).strip()),
        "",
        List.of(),
        CallEnd.NONE);
  }

  private TalkItem call(LiveLine line) {
    return new TalkItem(
        id(line),
        "call",
        aside(line),
        Moment.of(line.at()),
        PlainText.line(line.text()),
        "",
        "",
        PlainText.line(line.name()),
        DiffText.change(path(line.text()), line.detail()),
        new CallEnd(sign(line), output(line), "running", "", ""));
  }

  /** Of several arguments, the path tells the language. */
  private static String path(String arguments) {
    return arguments.split(" \\| ", 2)[0].strip();
  }

  private static String asked(String key) {
    return switch (key.split(" ", 2)[0]) {
      case "implement" -> "knight asks for the change.";
      case "plan" -> "knight asks for a plan.";
      case "review" -> "knight asks for a review of the change.";
      case "mend-review" -> "knight hands on what the review found.";
      case "mend-verify" -> "knight hands on which checks failed.";
      case "steer" -> "knight passes on what was said.";
      default -> "knight asks: " + PlainText.line(key.split(" ", 2)[0]) + ".";
    };
  }

  /** What is not the main conversation is mostly a review, which begins afresh and only reads. */
  private String aside(LiveLine line) {
    if (line.session().isEmpty() || line.session().equals(main)) {
      return "";
    }
    String name = MARK.matcher(line.session()).replaceAll("").replaceFirst("^" + main + "-", "");
    String words = PlainText.line(name).replace('-', ' ');
    return words.isEmpty()
        ? ""
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String took(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  private static String id(LiveLine line) {
    return "say-%s-%d".formatted(line.session().isEmpty() ? "job" : line.session(), line.seq());
  }

  private static String sign(LiveLine line) {
    return "sign-" + callId(line);
  }

  private static String output(LiveLine line) {
    return "output-" + callId(line);
  }

  /** The model's own name for a call may be anything. */
  private static String callId(LiveLine line) {
    try {
      byte[] name = (line.session() + "\n" + line.call()).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(name);
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java platform has SHA-256", missing);
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST)
            + "\n… (%d characters more)".formatted(text.length() - LONGEST);
  }
}
