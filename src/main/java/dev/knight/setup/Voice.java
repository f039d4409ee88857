package dev.knight.setup;

import dev.knight.doctor.Result;
import dev.knight.hygiene.PlainText;
import java.io.PrintWriter;

/** How setup speaks to a person. */
final class Voice {
  private static final String BOLD = "1";
  private static final String RED = "31";
  private static final String GREEN = "32";
  private static final String YELLOW = "33";
  private static final String FAINT = "2";

  /** How far what follows stands from the edge. */
  private static final int INDENT = 2;

  private final PrintWriter out;
  private final boolean isColoured;
  private final int width;

  /** Writes to {@code out}, in lines of {@code width} columns. */
  Voice(PrintWriter out, boolean isColoured, int width) {
    this.out = out;
    this.isColoured = isColoured;
    this.width = width;
  }

  /** What the next questions are about. */
  void heading(String words) {
    say("\n" + painted(BOLD, words));
  }

  /** Plain words. */
  void say(String words) {
    out.println(words);
    out.flush();
  }

  /** Words that need not be read. */
  void aside(String words) {
    say(painted(FAINT, words));
  }

  /** Something is as it should be. */
  void good(String words) {
    marked(painted(GREEN, "✓ "), words);
  }

  /** Something works, and somebody should know. */
  void doubtful(String words) {
    marked(painted(YELLOW, "! "), words);
  }

  /** Something does not work. */
  void bad(String words) {
    marked(painted(RED, "✗ "), words);
  }

  /** What a look has shown. */
  void result(Result result) {
    String said =
        result.reason().isEmpty() ? result.title() : result.title() + ": " + result.reason();
    switch (result.verdict()) {
      case GOOD -> good(said);
      case DOUBTFUL -> doubtful(said);
      case BAD -> bad(said);
      case SKIPPED -> aside("- " + PlainText.line(said));
    }
    if (!result.mend().isEmpty()) {
      marked("  → ", result.mend());
    }
  }

  /** A line of a difference, in the colours of git. */
  void difference(String line) {
    String plain = PlainText.lines(line);
    if (line.startsWith("+")) {
      say(painted(GREEN, plain));
    } else if (line.startsWith("-")) {
      say(painted(RED, plain));
    } else {
      say(line.startsWith("@@") ? painted(FAINT, plain) : plain);
    }
  }

  /** What was found, in lines that fit, under its mark. */
  private void marked(String mark, String words) {
    StringBuilder line = new StringBuilder();
    String lead = mark;
    for (String word : PlainText.line(words).split(" ", -1)) {
      if (!line.isEmpty() && INDENT + line.length() + 1 + word.length() > width) {
        say(lead + line);
        line.setLength(0);
        lead = " ".repeat(mark.startsWith(" ") ? 2 * INDENT : INDENT);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    say(lead + line);
  }

  private String painted(String code, String words) {
    return isColoured ? "\033[%sm%s\033[0m".formatted(code, words) : words;
  }
}
