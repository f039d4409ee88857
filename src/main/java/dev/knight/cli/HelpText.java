package dev.knight.cli;

import dev.knight.cli.HelpBlock.Entry;
import dev.knight.cli.HelpBlock.Heading;
import dev.knight.cli.HelpBlock.Text;
import java.util.List;

/** Writes help on a screen. */
final class HelpText {
  /** Longer lines are hard to read. */
  private static final int WIDEST = 80;

  private static final String INDENT = "    ";

  private HelpText() {}

  /** Writes {@code blocks}, one below the other. */
  static void print(List<HelpBlock> blocks, Terminal terminal) {
    int width = terminal.isPerson() ? Math.min(WIDEST, terminal.width()) : WIDEST;
    boolean isFirst = true;
    for (HelpBlock block : blocks) {
      if (!isFirst) {
        terminal.out().println();
      }
      isFirst = false;
      switch (block) {
        case Heading(String title) -> terminal.out().println(strong(title, terminal));
        case Text(String words) -> lines(words, width, "", terminal);
        case Entry(String term, String words) -> {
          terminal.out().println(strong(term, terminal));
          lines(words, width, INDENT, terminal);
        }
      }
    }
  }

  private static void lines(String words, int width, String indent, Terminal terminal) {
    Prose.wrapped(Prose.plain(words), width, indent).forEach(terminal.out()::println);
  }

  private static String strong(String text, Terminal terminal) {
    return terminal.painted(Tone.STRONG, text);
  }
}
