package dev.knight.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What shows long output page by page.
 *
 * @param command its program and arguments
 * @param environment what it is told besides
 */
public record Pager(List<String> command, Map<String, String> environment) {
  /** Says no more than a screen at once, keeps colours, and leaves what was read on the screen. */
  private static final Map<String, String> LESS = Map.of("LESS", "FRX");

  /** Keeps its own copies. */
  public Pager {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /**
   * The one that {@code environment} asks for: {@code KNIGHT_PAGER}, else {@code PAGER}, else
   * {@code less}. Set to nothing, or to {@code cat}, it asks for none.
   */
  public static Optional<Pager> of(Map<String, String> environment) {
    String wanted =
        environment.getOrDefault("KNIGHT_PAGER", environment.getOrDefault("PAGER", "less"));
    boolean isDumb = environment.getOrDefault("TERM", "").equals("dumb");
    if (isDumb || wanted.isBlank() || wanted.strip().equals("cat")) {
      return Optional.empty();
    }
    return Optional.of(
        new Pager(
            List.of(wanted.strip().split("\\s+")),
            environment.containsKey("LESS") ? Map.of() : LESS));
  }
}
