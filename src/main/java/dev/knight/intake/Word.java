package dev.knight.intake;

import java.util.regex.Pattern;

/** A first word after knight's name that is an order of its own, and no request. */
enum Word {
  /** Ends the active job. */
  STOP("(?i)[\\s,:]*stop(?:\\s+(?:please|now|it|this|here|working))*\\s*(?:[.,;:!].*)?");

  private final Pattern pattern;

  Word(String pattern) {
    this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
  }

  /** Whether {@code rest}, which follows knight's name on its line, is this order. */
  boolean isSaidIn(String rest) {
    return pattern.matcher(rest).matches();
  }
}
