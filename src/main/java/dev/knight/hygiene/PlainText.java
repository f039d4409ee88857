package dev.knight.hygiene;

/**
 * Text from outside, made safe to show: it cannot move the cursor, colour what follows, hide, or
 * turn the direction of what is read.
 */
public final class PlainText {
  private static final int REPLACEMENT = 0xFFFD;

  private PlainText() {}

  /** {@code text} on one line. */
  public static String line(String text) {
    return lines(text).replace('\n', ' ').replace('\t', ' ').strip();
  }

  /** {@code text} with its line breaks and tabs, and nothing else that is not seen. */
  public static String lines(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .codePoints()
        .map(point -> isSafe(point) ? point : REPLACEMENT)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  /**
   * Control characters, format characters (among them what turns the direction, and the tags that
   * spell invisible words) and halves of characters are not. The joiner of emoji stays.
   */
  private static boolean isSafe(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL -> point == '\n' || point == '\t';
      case Character.FORMAT -> point == 0x200D;
      case Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }
}
