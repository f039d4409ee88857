package dev.knight.cli;

/** What a colour means: the same everywhere, and never the only thing that says so. */
public enum Tone {
  /** Nothing in particular. */
  PLAIN(""),
  /** A heading, or what the eye is to find first. */
  STRONG("1"),
  /** Of less interest than what stands around it. */
  QUIET("2"),
  /** Ended well. */
  GOOD("32"),
  /** Ended badly. */
  BAD("31"),
  /** At work. */
  BUSY("36"),
  /** Waits for something that passes. */
  LATER("33"),
  /** Waits for a person. */
  NEEDS_YOU("1;33"),
  /** What a person said. */
  PERSON("36");

  private static final String ESCAPE = "\u001b[";

  private final String code;

  Tone(String code) {
    this.code = code;
  }

  /** The one for a job in {@code state}, whose word it is. */
  static Tone of(String state) {
    return switch (state) {
      case "done", "no-change" -> GOOD;
      case "failed" -> BAD;
      case "stopped" -> QUIET;
      case "needs-you" -> NEEDS_YOU;
      case "retrying" -> LATER;
      case "running" -> BUSY;
      default -> PLAIN;
    };
  }

  /** {@code text} in this colour. */
  String on(String text) {
    return code.isEmpty() || text.isEmpty() ? text : ESCAPE + code + "m" + text + ESCAPE + "0m";
  }
}
