package dev.knight.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Turns the little Markdown that help is written in into lines for a screen. */
final class Prose {
  /** {@code [words](where)}: on a screen nobody can follow it. */
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)]\\([^)]+\\)");

  private Prose() {}

  /** {@code markdown} without what only a page shows. */
  static String plain(String markdown) {
    return LINK.matcher(markdown).replaceAll("$1").replace("`", "");
  }

  /** {@code text} in lines of at most {@code width} columns, each with {@code indent} before it. */
  static List<String> wrapped(String text, int width, String indent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split("\\s+", -1)) {
      boolean fits =
          TextWidth.of(indent) + TextWidth.of(line.toString()) + 1 + TextWidth.of(word) <= width;
      if (!line.isEmpty() && !fits) {
        lines.add(indent + line);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add((indent + line).stripTrailing());
    return lines;
  }
}
