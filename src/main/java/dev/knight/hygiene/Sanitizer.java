package dev.knight.hygiene;

import dev.knight.hygiene.Removed.Kind;
import java.util.List;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a text what a person sees of it: what GitHub's page does not show is left out, and
 * counted. A model would read it as if it had been said. Doing it twice is the same as once, and
 * takes time in proportion to the text, whatever that is.
 *
 * <p>It lowers the chance that a model is fooled and is no boundary: what can be done to anything
 * by words must not be within the model's reach.
 */
public final class Sanitizer {
  /** What is longer is cut; GitHub's own limit is twice that, and people write less. */
  public static final int LONGEST = 32_768;

  private static final String CUT = "\n[cut here]";

  /** Nobody hides a thing in a thing in a thing by chance. */
  private static final int MOST_ROUNDS = 6;

  /** More of one bracket in one paragraph than people write; it would take the parser long. */
  private static final int MOST_BRACKETS = 1_000;

  private static final Parser BLOCKS =
      Parser.builder()
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .inlineParserFactory(_ -> (_, _) -> {})
          .build();

  /** Markdown as a person wrote it, without what its page does not show. */
  public Sanitized markdown(String text) {
    Tally tally = new Tally();
    String before = text;
    for (int round = 1; round <= MOST_ROUNDS; round++) {
      String plain = plain(before, tally);
      if (hasTooManyBrackets(plain) || Emphasis.isExcessive(plain)) {
        break;
      }
      String after = Surface.of(plain, tally);
      if (after.equals(before)) {
        return new Sanitized(after, tally.removed());
      }
      before = after;
    }
    tally.count(Kind.NESTING);
    return new Sanitized(plain(disarmed(before), tally), tally.removed());
  }

  /** A text that is no Markdown, without the characters that show nothing. */
  public Sanitized plain(String text) {
    Tally tally = new Tally();
    String plain = plain(text, tally);
    return new Sanitized(plain, tally.removed());
  }

  /** A text of any length, as a diff, with such characters written as their numbers. */
  public String visible(String text) {
    return new Characters(new Tally(), true).clean(text);
  }

  private static String plain(String text, Tally tally) {
    return new Characters(tally, false).clean(cut(text, tally));
  }

  private static String cut(String text, Tally tally) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = LONGEST - CUT.length();
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    tally.count(Kind.EXCESS, text.length() - end);
    return text.substring(0, end) + CUT;
  }

  private static boolean hasTooManyBrackets(String text) {
    for (char bracket : List.of('<', '[', ']')) {
      if (text.chars().filter(here -> here == bracket).count() > MOST_BRACKETS
          && isInOneParagraph(text, bracket)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInOneParagraph(String text, char bracket) {
    @Nullable Node node = BLOCKS.parse(text);
    while (node != null) {
      boolean leaf = node instanceof Paragraph || node instanceof Heading;
      if (leaf
          && Piece.of(text, node.getSourceSpans()).chars().filter(here -> here == bracket).count()
              > MOST_BRACKETS) {
        return true;
      }
      node = Surface.following(node);
    }
    return false;
  }

  /** The text with nothing in it that Markdown or HTML would act on. */
  private static String disarmed(String text) {
    return text.replace('<', '\u2039')
        .replace('[', '(')
        .replace(']', ')')
        .replace('`', '\'')
        .replace('~', '-')
        .replace('&', '+')
        .replace('\\', '/')
        .replace('*', '+')
        .replace('_', '-');
  }
}
