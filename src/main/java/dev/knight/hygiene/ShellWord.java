package dev.knight.hygiene;

import java.util.regex.Pattern;

/** Words of a command that a person is told to type. */
public final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellWord() {}

  /** {@code word} as a shell takes it for one word, with nothing in it that means something. */
  public static String of(Object word) {
    String text = word.toString();
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
