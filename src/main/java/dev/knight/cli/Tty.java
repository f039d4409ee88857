package dev.knight.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal that this process was started at, by way of {@code stty}: no native code of our own,
 * and nothing is loaded until somebody asks.
 */
final class Tty implements Screen {
  private static final int USUAL_COLUMNS = 100;
  private static final int USUAL_ROWS = 24;
  private static final long PATIENCE_S = 5;
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5}) (\\d{1,5})");

  private final Map<String, String> environment;

  Tty(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public int columns() {
    return said("COLUMNS").or(() -> number(measured(), 2)).orElse(USUAL_COLUMNS);
  }

  @Override
  public int rows() {
    return said("LINES").or(() -> number(measured(), 1)).orElse(USUAL_ROWS);
  }

  @Override
  public boolean canMove() {
    String kind = environment.getOrDefault("TERM", "");
    return !kind.isEmpty() && !kind.equals("dumb");
  }

  /** Both are measured at once: that takes another process. */
  @Override
  public Screen still() {
    Optional<Integer> columns = said("COLUMNS");
    Optional<Integer> rows = said("LINES");
    Optional<Matcher> size =
        columns.isPresent() && rows.isPresent() ? Optional.empty() : measured();
    return Screen.of(
        columns.or(() -> number(size, 2)).orElse(USUAL_COLUMNS),
        rows.or(() -> number(size, 1)).orElse(USUAL_ROWS));
  }

  /**
   * What {@code stty} with {@code arguments} answers; empty where there is none, or no terminal.
   */
  static Optional<String> stty(String... arguments) {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(arguments));
    try {
      Process stty =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return stty.waitFor(PATIENCE_S, TimeUnit.SECONDS) && stty.exitValue() == 0
          ? Optional.of(answer.strip())
          : Optional.empty();
    } catch (IOException missing) {
      return Optional.empty(); // a screen of the usual size, then
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Optional<Integer> said(String variable) {
    return number(environment.getOrDefault(variable, ""));
  }

  private static Optional<Matcher> measured() {
    return stty("size").map(SIZE::matcher).filter(Matcher::matches);
  }

  private static Optional<Integer> number(Optional<Matcher> size, int which) {
    return size.flatMap(both -> number(both.group(which)));
  }

  /** Some terminals say that they have no size at all. */
  private static Optional<Integer> number(String text) {
    return Optional.of(text)
        .filter(digits -> digits.matches("\\d{1,5}"))
        .map(Integer::valueOf)
        .filter(size -> size > 0);
  }
}
