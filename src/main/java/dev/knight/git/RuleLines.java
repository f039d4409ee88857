package dev.knight.git;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The lines of a {@code .gitignore} or {@code .gitattributes} that anybody may have written. */
final class RuleLines {
  /** No such file is read further. */
  static final int LONGEST = 1 << 18;

  /** Longer than any path. */
  private static final int LONGEST_LINE = 1_000;

  /** The most rules that are taken from one file. */
  private static final int MOST = 5_000;

  /**
   * A part of a path with more stars than this takes JGit's pattern too long on a name made for it.
   * Such a rule is left out: then more is published, not less.
   */
  private static final Pattern COSTLY = Pattern.compile("(\\*+[^*/]+){5,}\\**");

  /** No rule to anybody; JGit would log each one whole, and they come from an agent. */
  private static final Pattern BROKEN = Pattern.compile("\\[[^]]*$");

  /** A class of letters that is not in brackets of its own, as in {@code [:alpha:]}: JGit trips. */
  private static final Pattern STUMBLE = Pattern.compile("(^|/)[^\\[/]{0,3}\\[:[a-z]");

  /** Some editors put it first. */
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private RuleLines() {}

  /** Those lines of {@code file} that JGit may be given. */
  static Stream<String> of(byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    return text.substring(text.startsWith(BYTE_ORDER_MARK) ? 1 : 0)
        .lines()
        .limit(MOST)
        .filter(line -> line.length() <= LONGEST_LINE && isFit(line));
  }

  /** Whether JGit may be given {@code pattern}, which is as short as a line. */
  static boolean isFit(String pattern) {
    return Stream.of(COSTLY, BROKEN, STUMBLE).noneMatch(bad -> bad.matcher(pattern).find());
  }
}
