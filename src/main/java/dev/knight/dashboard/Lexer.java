package dev.knight.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes lines of code apart, so that they read more easily. It knows too little of any language to
 * be right everywhere, and loses no letter where it is wrong.
 */
final class Lexer {
  private static final String COMMENT = "t-comment";
  private static final String TEXT = "t-text";
  private static final String NUMBER = "t-number";
  private static final String WORD = "t-word";

  private final Language language;
  private boolean isInComment;

  /** Begins outside of everything. */
  Lexer(Language language) {
    this.language = language;
  }

  /** The pieces of the next line, which together are {@code line}. */
  List<Token> line(String line) {
    if (language.equals(Language.NONE)) {
      return List.of(Token.plain(line));
    }
    if (!isInComment && isLikelyInside(line)) {
      isInComment = true;
    }
    Pieces pieces = new Pieces(line);
    int at = 0;
    while (at < line.length()) {
      at = isInComment ? comment(line, at, pieces) : code(line, at, pieces);
    }
    return pieces.all();
  }

  /** A hunk may begin in the middle of a comment: the star that most lines of one begin with. */
  private boolean isLikelyInside(String line) {
    String start = line.stripLeading();
    return language.opens().equals("/*") && (start.startsWith("* ") || start.equals("*"));
  }

  private int comment(String line, int from, Pieces pieces) {
    int close = line.indexOf(language.closes(), from);
    int end = close < 0 ? line.length() : close + language.closes().length();
    isInComment = close < 0;
    return pieces.add(COMMENT, from, end);
  }

  private int code(String line, int from, Pieces pieces) {
    char c = line.charAt(from);
    if (isCommentToEnd(line, from)) {
      return pieces.add(COMMENT, from, line.length());
    }
    if (!language.opens().isEmpty() && line.startsWith(language.opens(), from)) {
      isInComment = true;
      int body = from + language.opens().length();
      int close = line.indexOf(language.closes(), body);
      isInComment = close < 0;
      return pieces.add(
          COMMENT, from, close < 0 ? line.length() : close + language.closes().length());
    }
    if (language.quotes().indexOf(c) >= 0) {
      int end = quoted(line, from);
      return end < 0 ? pieces.add("", from, from + 1) : pieces.add(TEXT, from, end);
    }
    if (isNamePart(c)) {
      int end = from;
      while (end < line.length() && isNamePart(line.charAt(end))) {
        end++;
      }
      return pieces.add(look(line.substring(from, end)), from, end);
    }
    return pieces.add("", from, from + 1);
  }

  /** A {@code #} in the middle of a word is none: {@code $#}, {@code ${name#*.}}, {@code a#b}. */
  private boolean isCommentToEnd(String line, int from) {
    return language.toLineEnd().stream()
        .filter(mark -> line.startsWith(mark, from))
        .anyMatch(
            mark -> !mark.equals("#") || from == 0 || " \t;()".indexOf(line.charAt(from - 1)) >= 0);
  }

  private String look(String name) {
    if (Character.isDigit(name.charAt(0))) {
      return NUMBER;
    }
    return language.words().contains(name.toLowerCase(Locale.ROOT)) ? WORD : "";
  }

  /** Where the text that begins at {@code from} ends; -1 if not on this line. */
  private static int quoted(String line, int from) {
    char quote = line.charAt(from);
    for (int i = from + 1; i < line.length(); i++) {
      if (line.charAt(i) == '\\') {
        i++;
      } else if (line.charAt(i) == quote) {
        return i + 1;
      }
    }
    return -1;
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  /** Puts neighbours of one look together. */
  private static final class Pieces {
    private final String line;
    private final List<Token> tokens = new ArrayList<>();
    private String look = "";
    private int start;
    private int end;

    Pieces(String line) {
      this.line = line;
    }

    int add(String next, int from, int to) {
      if (!next.equals(look)) {
        flush();
        look = next;
        start = from;
      }
      end = to;
      return to;
    }

    private void flush() {
      if (end > start) {
        tokens.add(new Token(look, line.substring(start, end)));
      }
      start = end;
    }

    List<Token> all() {
      flush();
      return List.copyOf(tokens);
    }
  }
}
