package dev.knight.hygiene;

import java.util.regex.Pattern;

/**
 * The marks with which Markdown stresses words. A parser puts what is stressed within what is
 * stressed by recursion, so it must not be given a text with any number of them.
 */
public final class Emphasis {
  /** Each pair may lie in all the others, and a thousand of those fit a thread's stack well. */
  private static final int MOST_MARKS = 2_000;

  /** What stands between spaces, as the sign of a list, or within a word stresses nothing. */
  private static final Pattern MARK =
      Pattern.compile(
          "\\*(?=\\S)|(?<=\\S)\\*|(?<![\\p{L}\\p{N}])_(?=\\S)|(?<=\\S)_(?![\\p{L}\\p{N}])");

  private Emphasis() {}

  /** Whether {@code text} has more such marks than people write. */
  public static boolean isExcessive(String text) {
    return MARK.matcher(text).results().limit(MOST_MARKS + 1L).count() > MOST_MARKS;
  }
}
