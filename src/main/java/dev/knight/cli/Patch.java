package dev.knight.cli;

import dev.knight.hygiene.PlainText;

/** A unified diff in the colours that git gives it. */
final class Patch {
  private Patch() {}

  /** Writes {@code diff}. */
  static void print(String diff, Terminal terminal) {
    PlainText.lines(diff)
        .lines()
        .forEach(line -> terminal.out().println(terminal.painted(tone(line), line)));
  }

  private static Tone tone(String line) {
    if (line.startsWith("+++") || line.startsWith("---") || line.startsWith("diff ")) {
      return Tone.STRONG;
    }
    if (line.startsWith("@@")) {
      return Tone.BUSY;
    }
    return line.startsWith("+") ? Tone.GOOD : line.startsWith("-") ? Tone.BAD : Tone.PLAIN;
  }
}
