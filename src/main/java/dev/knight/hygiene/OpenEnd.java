package dev.knight.hygiene;

import java.util.List;

/** Tells where the end of a text may be the beginning of a secret of a known shape. */
final class OpenEnd {
  /** What the shapes begin with; a private key, which has spaces, is looked for apart. */
  private static final List<String> BEGINNINGS =
      List.of(
          "ghp_",
          "gho_",
          "ghu_",
          "ghs_",
          "ghr_",
          "github_pat_",
          "sk-",
          "AIza",
          "AKIA",
          "ASIA",
          "xox",
          "glpat-",
          "npm_",
          "eyJ");

  private static final String PEM = "-----BEGIN ";
  private static final String PEM_END = "PRIVATE KEY";

  /** A token is shorter; a longer run is something else. */
  private static final int LONGEST_RUN = 4 * 1024;

  private static final int LONGEST_KEY = 16 * 1024;

  private OpenEnd() {}

  static int of(CharSequence text) {
    return Math.min(token(text), privateKey(text));
  }

  /** The last word, if it begins like a token somewhere. */
  private static int token(CharSequence text) {
    int end = text.length();
    int least = Math.max(0, end - LONGEST_RUN);
    int start = end;
    while (start > least && isPart(text.charAt(start - 1))) {
      start--;
    }
    String run = text.subSequence(start, end).toString();
    return BEGINNINGS.stream()
            .mapToInt(beginning -> first(run, beginning))
            .min()
            .orElse(run.length())
        + start;
  }

  private static int privateKey(CharSequence text) {
    int least = Math.max(0, text.length() - LONGEST_KEY);
    String tail = text.subSequence(least, text.length()).toString();
    int begin = tail.lastIndexOf(PEM);
    int next = least + part(tail, PEM);
    if (begin < 0) {
      return next;
    }
    int end = tail.indexOf("-----END ", begin);
    boolean over = end >= 0 && tail.indexOf("-----", end + PEM.length() - 2) >= 0;
    boolean other =
        tail.length() - begin > 100 && !tail.substring(begin, begin + 100).contains(PEM_END);
    return over || other ? next : least + begin;
  }

  /** Where {@code beginning} is in {@code text}, or where the end may be a part of it. */
  private static int first(String text, String beginning) {
    int whole = text.indexOf(beginning);
    return whole >= 0 ? whole : part(text, beginning);
  }

  /** Where the end of {@code text} may be a part of {@code beginning}. */
  private static int part(String text, String beginning) {
    for (int length = Math.min(beginning.length() - 1, text.length()); length > 0; length--) {
      if (text.regionMatches(text.length() - length, beginning, 0, length)) {
        return text.length() - length;
      }
    }
    return text.length();
  }

  private static boolean isPart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.';
  }
}
