package dev.knight.github;

/** Words of the other side, made fit for a sentence of knight's. */
final class Words {
  private static final int LONGEST = 200;

  private Words() {}

  /** {@code text} on one line, without control characters, cut, and without its full stop. */
  static String plain(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    return cut(line, LONGEST).replaceAll("\\.+$", "");
  }

  /** At most {@code length} characters of {@code text}, no pair of surrogates parted. */
  static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }
}
