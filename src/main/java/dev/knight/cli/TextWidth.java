package dev.knight.cli;

import org.jline.utils.WCWidth;

/** How wide a text is on a screen: a Chinese character takes two columns, an accent none. */
final class TextWidth {
  private static final String MORE = "…";

  private TextWidth() {}

  /** The columns that {@code text} takes. */
  static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  /** The beginning of {@code text}, with a mark where it is cut, in {@code columns} at most. */
  static String cutEnd(String text, int columns) {
    if (of(text) <= columns) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int left = columns - 1;
    for (int point : text.codePoints().toArray()) {
      left -= of(point);
      if (left < 0) {
        break;
      }
      kept.appendCodePoint(point);
    }
    return kept + MORE;
  }

  /** The end of {@code text}, with a mark where it is cut, in {@code columns} at most. */
  static String cutStart(String text, int columns) {
    int[] points = text.codePoints().toArray();
    int from = points.length;
    int left = of(text) <= columns ? columns : columns - 1;
    while (from > 0 && left >= of(points[from - 1])) {
      from--;
      left -= of(points[from]);
    }
    return from == 0 ? text : MORE + new String(points, from, points.length - from);
  }

  private static int of(int point) {
    return Math.max(0, WCWidth.wcwidth(point));
  }
}
