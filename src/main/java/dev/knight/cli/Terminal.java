package dev.knight.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command writes, and reads what is typed.
 *
 * @param in what is typed
 * @param out answers
 * @param err everything else
 * @param isPerson whether a person reads {@code out} on a screen; a program wants plain fields
 * @param isColoured whether colours may be used
 * @param width columns of the screen
 */
public record Terminal(
    BufferedReader in,
    PrintWriter out,
    PrintWriter err,
    boolean isPerson,
    boolean isColoured,
    int width) {
  private static final int USUAL_WIDTH = 100;
  private static final int NARROWEST = 70;

  /** One at which nobody types. */
  public Terminal(
      PrintWriter out, PrintWriter err, boolean isPerson, boolean isColoured, int width) {
    this(new BufferedReader(Reader.nullReader()), out, err, isPerson, isColoured, width);
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
        width(environment));
  }

  /** How picocli should colour. */
  Ansi ansi() {
    return isColoured ? Ansi.ON : Ansi.OFF;
  }

  private static int width(Map<String, String> environment) {
    try {
      return Math.max(NARROWEST, Integer.parseInt(environment.getOrDefault("COLUMNS", "")));
    } catch (NumberFormatException unknown) {
      return USUAL_WIDTH;
    }
  }
}
