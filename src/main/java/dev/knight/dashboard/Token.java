package dev.knight.dashboard;

/**
 * A piece of a line of code.
 *
 * @param look the class by which the stylesheet colours it; empty for what is like the rest
 */
record Token(String look, String text) {
  static Token plain(String text) {
    return new Token("", text);
  }
}
