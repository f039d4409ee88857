package dev.knight.policy;

import dev.knight.job.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A pattern of {@code protected} or {@code tests}: {@code *} and {@code ?} within a name, {@code
 * **} across names, {@code [abc]} and {@code {this,that}}. It speaks of all below a directory that
 * it matches. Without a slash inside it holds at every depth. It takes time in proportion to the
 * path, whatever it is.
 */
public final class Glob {
  /** More than anybody writes by hand. */
  private static final int LONGEST = 500;

  private static final int MOST = 64;

  private final String text;
  private final List<List<Token>> choices;

  private Glob(String text, List<List<Token>> choices) {
    this.text = text;
    this.choices = choices;
  }

  private sealed interface Token {
    record Exactly(char wanted) implements Token {}

    record OneOf(String set, boolean negated) implements Token {}

    record Star() implements Token {}

    record Everything() implements Token {}

    /** Any number of directories, each with its slash. */
    record Directories() implements Token {}
  }

  /**
   * Reads a pattern.
   *
   * @throws RefusedException if it is none
   */
  static Glob of(String text) {
    if (text.length() > LONGEST) {
      throw broken(text);
    }
    String plain =
        text.toLowerCase(Locale.ROOT).replaceAll("^(\\./|/)+", "/").replaceAll("/+$", "");
    String anchored = plain.replaceFirst("^/", "");
    boolean anywhere = !plain.startsWith("/") && !anchored.contains("/");
    List<List<Token>> choices = new ArrayList<>();
    for (String choice : choices(anchored, text)) {
      choices.add(tokens(anywhere ? "**/" + choice : choice, text));
    }
    return new Glob(text, choices);
  }

  /**
   * Reads a pattern of another key than {@code protected}.
   *
   * @throws RefusedException if it is none
   */
  public static Glob of(String key, String text) {
    try {
      return of(text);
    } catch (RefusedException broken) {
      throw new RefusedException(
          "`%s` under `%s` in .knight.yml is not a glob.".formatted(text, key), broken);
    }
  }

  /** Whether it matches {@code path}, or a directory that this lies in. */
  public boolean matchesPath(String path) {
    return matches(Names.folded(path));
  }

  /** Whether it matches {@code folded}, or a directory that this lies in. */
  boolean matches(String folded) {
    return choices.stream().anyMatch(tokens -> matches(tokens, folded));
  }

  /** {@code at[i]} says whether the tokens so far can have used up the first i characters. */
  private static boolean matches(List<Token> tokens, String path) {
    boolean[] at = new boolean[path.length() + 1];
    at[0] = true;
    for (Token token : tokens) {
      at = after(token, at, path);
    }
    for (int i = 0; i <= path.length(); i++) {
      if (at[i] && (i == path.length() || path.charAt(i) == '/')) {
        return true;
      }
    }
    return false;
  }

  private static boolean[] after(Token token, boolean[] at, String path) {
    boolean[] next = new boolean[at.length];
    boolean begun = false;
    for (int i = 0; i < at.length; i++) {
      char before = i == 0 ? '/' : path.charAt(i - 1);
      boolean came = i > 0 && at[i - 1];
      begun |= at[i];
      next[i] =
          switch (token) {
            case Token.Exactly(char wanted) -> came && before == wanted;
            case Token.OneOf(String set, boolean negated) ->
                came && before != '/' && (set.indexOf(before) >= 0) != negated;
            case Token.Star _ -> at[i] || (i > 0 && next[i - 1] && before != '/');
            case Token.Everything _ -> begun;
            case Token.Directories _ -> at[i] || (begun && before == '/');
          };
    }
    return next;
  }

  private static List<Token> tokens(String glob, String text) {
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (glob.startsWith("**/", i) && (i == 0 || glob.charAt(i - 1) == '/')) {
        tokens.add(new Token.Directories());
        i += 2;
      } else if (glob.startsWith("**", i)) {
        tokens.add(new Token.Everything());
        i++;
      } else if (c == '*') {
        tokens.add(new Token.Star());
      } else if (c == '?') {
        tokens.add(new Token.OneOf("", true));
      } else if (c == '[') {
        int end = glob.indexOf(']', i + 2);
        if (end < 0) {
          throw broken(text);
        }
        tokens.add(oneOf(glob.substring(i + 1, end)));
        i = end;
      } else if (c == '\\' && i + 1 < glob.length()) {
        tokens.add(new Token.Exactly(glob.charAt(++i)));
      } else {
        tokens.add(new Token.Exactly(c));
      }
    }
    return tokens;
  }

  private static Token oneOf(String inside) {
    boolean negated = inside.startsWith("!") || inside.startsWith("^");
    String set = negated ? inside.substring(1) : inside;
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < set.length(); i++) {
      if (i + 2 < set.length() && set.charAt(i + 1) == '-') {
        for (int c = set.charAt(i); c <= set.charAt(i + 2) && all.length() < 1_000; c++) {
          all.append((char) c);
        }
        i += 2;
      } else {
        all.append(set.charAt(i));
      }
    }
    return new Token.OneOf(all.toString(), negated);
  }

  /** Every way to choose from the braces of {@code glob}. */
  private static List<String> choices(String glob, String text) {
    int open = glob.indexOf('{');
    if (open < 0) {
      return List.of(glob);
    }
    List<String> inside = new ArrayList<>();
    int depth = 0;
    int from = open + 1;
    for (int i = open; i < glob.length(); i++) {
      char c = glob.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0 || (depth == 1 && c == ',')) {
        inside.add(glob.substring(from, i));
        from = i + 1;
      }
      if (depth == 0) {
        return choices(glob.substring(0, open), inside, glob.substring(from), text);
      }
    }
    throw broken(text);
  }

  private static List<String> choices(
      String before, List<String> inside, String after, String text) {
    List<String> all = new ArrayList<>();
    for (String one : inside) {
      all.addAll(choices(before + one + after, text));
      if (all.size() > MOST) {
        throw broken(text);
      }
    }
    return all;
  }

  private static RefusedException broken(String text) {
    return new RefusedException(
        "`%s` under `protected` in .knight.yml is not a glob. Nothing was pushed.".formatted(text));
  }

  @Override
  public String toString() {
    return text;
  }
}
