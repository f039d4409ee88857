package dev.knight.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command writes, and reads what is typed.
 *
 * @param in what is typed
 * @param out answers
 * @param err everything else
 * @param isPerson whether a person reads {@code out} on a screen; a program wants plain fields
 * @param isColoured whether colours may be used
 * @param screen the screen; asked only where its size matters
 * @param pager what shows a person long answers page by page, where that is wanted
 */
public record Terminal(
    BufferedReader in,
    PrintWriter out,
    PrintWriter err,
    boolean isPerson,
    boolean isColoured,
    Screen screen,
    Optional<Pager> pager) {
  private static final int ENOUGH_ROWS = 50;

  /** One at which nobody types, and that has no pager. */
  public Terminal(
      PrintWriter out, PrintWriter err, boolean isPerson, boolean isColoured, int width) {
    this(
        new BufferedReader(Reader.nullReader()),
        out,
        err,
        isPerson,
        isColoured,
        Screen.of(width, ENOUGH_ROWS),
        Optional.empty());
  }

  /** The terminal of this process. */
  public static Terminal of(Map<String, String> environment) {
    boolean isPerson =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    boolean wantsColour =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
    return new Terminal(
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        isPerson,
        isPerson && wantsColour,
        new Tty(environment),
        isPerson ? Pager.of(environment) : Optional.empty());
  }

  /** The columns of the screen. */
  int width() {
    return screen.columns();
  }

  /** The same with a screen that keeps the size that it has now, which is measured once. */
  Terminal still() {
    return new Terminal(in, out, err, isPerson, isColoured, screen.still(), pager);
  }

  /** {@code text} as this terminal shows it in that colour, if it has any. */
  public String painted(Tone tone, String text) {
    return isColoured ? tone.on(text) : text;
  }

  /** Has {@code answer} written page by page, where that is wanted and it is longer than a page. */
  void paged(Consumer<Terminal> answer) {
    if (pager.isEmpty()) {
      answer.accept(isPerson ? still() : this);
      out.flush();
      return;
    }
    Screen now = screen.still();
    try (PrintWriter pages = new PrintWriter(new PagedWriter(pager.get(), out, now))) {
      answer.accept(new Terminal(in, pages, err, isPerson, isColoured, now, Optional.empty()));
    }
  }

  /** How picocli should colour. */
  Ansi ansi() {
    return isColoured ? Ansi.ON : Ansi.OFF;
  }
}
