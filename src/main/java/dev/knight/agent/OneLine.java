package dev.knight.agent;

/** Text from a hostile place made fit for a log line or a message. */
final class OneLine {
  private OneLine() {}

  /** {@code text} in one line of at most {@code longest} characters, without control characters. */
  static String of(String text, int longest) {
    String head = text.substring(0, Math.min(text.length(), 4 * longest));
    String line = head.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
    return line.length() <= longest ? line : line.substring(0, longest - 1) + "…";
  }
}
