package dev.knight.cli;

import dev.knight.doctor.Result;
import dev.knight.doctor.Result.Verdict;
import dev.knight.doctor.SandboxCheck;
import dev.knight.hygiene.PlainText;
import dev.knight.hygiene.Redactor;
import java.util.ArrayList;
import java.util.List;

/** Tells a person what was looked at, line by line as it becomes known. */
final class DoctorReport {
  private static final int TITLES = 22;

  /** Columns in which nobody likes to read. */
  private static final int NARROW = 30;

  private static final String ERASED = "\r\u001b[K";

  private final Terminal terminal;
  private final Redactor redactor;
  private final boolean isWhole;
  private final List<Result> held = new ArrayList<>();
  private boolean isWaiting;

  /**
   * Nothing is told yet.
   *
   * @param isWhole whether each attempt to get out of the sandbox has a line of its own
   */
  DoctorReport(Terminal terminal, Redactor redactor, boolean isWhole) {
    this.terminal = terminal;
    this.redactor = redactor;
    this.isWhole = isWhole;
  }

  /** Says, where somebody sees it, what is waited for. */
  void waitFor(String title) {
    if (terminal.isPerson() && terminal.isColoured()) {
      terminal.err().print(ERASED + terminal.painted(Tone.QUIET, "… " + shown(title)));
      terminal.err().flush();
      isWaiting = true;
    }
  }

  /** Takes that back. */
  void waited() {
    if (isWaiting) {
      terminal.err().print(ERASED);
      terminal.err().flush();
      isWaiting = false;
    }
  }

  /** Tells {@code result}. */
  void tell(Result result) {
    waited();
    if (!isWhole && result.id().startsWith(SandboxCheck.ESCAPE)) {
      if (result.verdict() == Verdict.GOOD) {
        held.add(result);
        return;
      }
    } else {
      tellHeld();
    }
    print(result);
  }

  /** Tells what was held back, and what all of it comes to. */
  void end(List<Result> results) {
    waited();
    tellHeld();
    long bad = count(results, Verdict.BAD);
    long doubtful = count(results, Verdict.DOUBTFUL);
    long fixable =
        results.stream()
            .filter(it -> it.verdict() == Verdict.BAD || it.verdict() == Verdict.DOUBTFUL)
            .filter(it -> it.fix().isPresent())
            .count();
    StringBuilder words = new StringBuilder();
    words.append(
        bad == 0 && doubtful == 0
            ? "All is well: %d looks.".formatted(results.size())
            : "%s wrong, %d to look at, %d well."
                .formatted(bad == 0 ? "Nothing" : bad, doubtful, count(results, Verdict.GOOD)));
    if (fixable > 0) {
      words.append(" knight doctor --fix mends %d of them.".formatted(fixable));
    }
    terminal.out().println(terminal.painted(bad == 0 ? Tone.GOOD : Tone.BAD, words.toString()));
    terminal.out().flush();
  }

  /** Tells what was mended. */
  void fixed(String told) {
    waited();
    terminal.out().println(terminal.painted(Tone.GOOD, "✓") + " Mended: " + shown(told));
  }

  /** Tells what could not be mended. */
  void notFixed(String told) {
    waited();
    terminal.out().println(terminal.painted(Tone.BAD, "✗") + " Not mended: " + shown(told));
  }

  private void tellHeld() {
    if (!held.isEmpty()) {
      print(
          Result.good(
              "sandbox.escape",
              "Ways out of it",
              "%d tried, none leads out".formatted(held.size())));
      held.clear();
    }
  }

  private void print(Result result) {
    String title = shown(result.title());
    String gap = " ".repeat(Math.max(1, TITLES - TextWidth.of(title)));
    String reason = shown(result.reason());
    terminal
        .out()
        .println(
            sign(result.verdict())
                + " "
                + title
                + (reason.isEmpty() ? "" : gap + beside(title + gap, reason)));
    // In one piece, however long: it is there to be copied.
    if (!result.mend().isEmpty()) {
      terminal.out().println("    → " + terminal.painted(Tone.STRONG, shown(result.mend())));
    }
    terminal.out().flush();
  }

  /** {@code reason} in lines below each other, where a person reads it. */
  private String beside(String before, String reason) {
    int indent = 2 + TextWidth.of(before);
    int width = terminal.isPerson() ? terminal.width() - indent : Integer.MAX_VALUE;
    return width < NARROW
        ? reason
        : String.join("\n" + " ".repeat(indent), Prose.wrapped(reason, width, ""));
  }

  private String sign(Verdict verdict) {
    return switch (verdict) {
      case GOOD -> terminal.painted(Tone.GOOD, "✓");
      case DOUBTFUL -> terminal.painted(Tone.LATER, "!");
      case BAD -> terminal.painted(Tone.BAD, "✗");
      case SKIPPED -> terminal.painted(Tone.QUIET, "-");
    };
  }

  private String shown(String text) {
    return PlainText.line(redactor.text(text));
  }

  private static long count(List<Result> results, Verdict verdict) {
    return results.stream().filter(it -> it.verdict() == verdict).count();
  }
}
