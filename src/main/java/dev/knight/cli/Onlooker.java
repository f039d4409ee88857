package dev.knight.cli;

import dev.knight.api.LiveLine;
import dev.knight.hygiene.PlainText;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What somebody sees who looks on: words as they come, a call of a tool and how it ended on one
 * line, changes in the manner of a diff. Nothing of what is shown can steer the terminal. To a
 * program it is plain lines.
 */
public final class Onlooker {
  private final Terminal terminal;
  private final String main;

  /** What of the message that each session is saying is on the screen already. */
  private final Map<String, StringBuilder> said = new HashMap<>();

  /** The calls that have not ended. */
  private final Map<String, LiveLine> calls = new HashMap<>();

  /** What the line is about that the cursor stands on; empty at the beginning of a line. */
  private String open = "";

  /**
   * Looks on at a job.
   *
   * @param main its main conversation; what others say is marked
   */
  public Onlooker(Terminal terminal, String main) {
    this.terminal = terminal;
    this.main = main;
  }

  /** Shows {@code line}. */
  public synchronized void show(LiveLine line) {
    switch (line.kind()) {
      case EVENT -> event(line);
      case STATE -> print(line, Tone.STRONG, "== " + line.name() + ": " + line.text());
      case ASKED -> print(line, Tone.QUIET, "-- asked: " + line.text().split(" ", 2)[0]);
      case NOTE -> print(line, Tone.QUIET, "-- " + line.text());
      case DELTA -> delta(line);
      case SAID -> said(line);
      case CALL -> call(line);
      case RESULT -> result(line);
      case END ->
          print(line, Tone.STRONG, "Job " + main + " is " + line.name() + ": " + line.text());
      case BEAT -> {}
    }
    terminal.out().flush();
  }

  /** The connection was cut: of what is being said now, the rest comes as a whole. */
  public synchronized void cut(String note) {
    finishLine();
    terminal.err().println("knight: " + note);
  }

  private void event(LiveLine line) {
    boolean fromPeople = line.name().equals("mention") || line.name().equals("accepted");
    print(line, fromPeople ? Tone.PERSON : Tone.QUIET, (fromPeople ? "» " : "-- ") + line.text());
  }

  private void delta(LiveLine line) {
    if (!terminal.isPerson()) {
      return; // a program reads whole lines
    }
    StringBuilder shown = said.computeIfAbsent(line.session(), _ -> new StringBuilder());
    String text = PlainText.lines(line.text());
    String about = "said " + line.session();
    if (!open.equals(about)) {
      finishLine();
      terminal.out().print(mark(line));
    }
    shown.append(text);
    terminal.out().print(text.replace("\n", "\n" + mark(line)));
    open = about;
  }

  private void said(LiveLine line) {
    StringBuilder removed = said.remove(line.session());
    String shown = removed == null ? "" : removed.toString();
    String text = PlainText.lines(line.text());
    if (text.isBlank()) {
      return; // nothing but thoughts
    }
    boolean goesOn = !shown.isEmpty() && text.startsWith(shown);
    if (goesOn && open.equals("said " + line.session())) {
      terminal.out().print(text.substring(shown.length()).replace("\n", "\n" + mark(line)));
      finishLine();
    } else if (!goesOn || text.length() > shown.length()) {
      print(line, Tone.PLAIN, goesOn ? text.substring(shown.length()) : text);
    }
  }

  private void call(LiveLine line) {
    calls.put(line.call(), line);
    if (terminal.isPerson()) {
      finishLine();
      terminal.out().print(mark(line) + "  " + name(line));
      open = "call " + line.call();
    }
  }

  private void result(LiveLine line) {
    LiveLine started = calls.remove(line.call());
    LiveLine call = started == null ? line : started;
    String end =
        (line.failed() ? terminal.painted(Tone.BAD, "✗") : terminal.painted(Tone.GOOD, "✓"))
            + String.format(Locale.ROOT, " %.1f s", line.millis() / 1000.0)
            + (line.failed() ? "  " + PlainText.line(line.text()) : "");
    if (open.equals("call " + line.call())) {
      terminal.out().println("  " + end);
      open = "";
    } else {
      finishLine();
      terminal.out().println(mark(line) + "  " + name(call) + "  " + end);
    }
    if (started != null) {
      diff(started);
    }
  }

  private static String name(LiveLine call) {
    String argument = call == null ? "" : PlainText.line(call.text());
    return PlainText.line(call == null ? "" : call.name())
        + (argument.isEmpty() ? "" : " " + argument);
  }

  private void diff(LiveLine call) {
    for (String change : PlainText.lines(call.detail()).lines().toList()) {
      Tone tone =
          change.startsWith("+") ? Tone.GOOD : change.startsWith("-") ? Tone.BAD : Tone.QUIET;
      terminal.out().println(mark(call) + "    " + terminal.painted(tone, change));
    }
  }

  private void print(LiveLine line, Tone tone, String text) {
    finishLine();
    String time = line.kind() == LiveLine.Kind.SAID ? "" : Amounts.clock(line.at()) + "  ";
    String shown =
        PlainText.lines(text.strip())
            .lines()
            .map(one -> mark(line) + terminal.painted(tone, one))
            .collect(Collectors.joining("\n"));
    terminal.out().println(terminal.painted(Tone.QUIET, time) + shown);
  }

  private void finishLine() {
    if (!open.isEmpty()) {
      terminal.out().println();
      open = "";
    }
  }

  /** What is not the main conversation is a review, which changes nothing. */
  private String mark(LiveLine line) {
    String session = line.session();
    return session.isEmpty() || session.equals(main)
        ? ""
        : terminal.painted(
            Tone.QUIET, PlainText.line(session.replaceFirst("^" + main + "-", "")) + "│ ");
  }
}
