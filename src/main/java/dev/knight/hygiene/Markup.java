package dev.knight.hygiene;

import dev.knight.hygiene.Removed.Kind;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The raw HTML in a Markdown text, read piece after piece as a browser reads the page: what an
 * element hides goes on over whatever Markdown lies between its tags, and what never ends hides the
 * rest of the text.
 */
final class Markup {
  private final String source;
  private final String lowerCase;
  private final Edits edits;
  private final Tally tally;
  private @Nullable String hider;
  private int hiddenFrom;
  private int depth;
  private boolean over;

  Markup(String source, Edits edits, Tally tally) {
    this.source = source;
    this.lowerCase = source.toLowerCase(Locale.ROOT);
    this.edits = edits;
    this.tally = tally;
  }

  /** Reads the next piece of HTML. */
  void read(Piece html) {
    int at = 0;
    while (at < html.length() && !over) {
      at = html.charAt(at) == '<' ? construct(html, at) : at + 1;
    }
  }

  /** The text has ended. */
  void end() {
    if (hider != null && !over) {
      edits.remove(hiddenFrom, source.length());
    }
  }

  /** Whether what begins at {@code place} is hidden by what was read before. */
  boolean hides(int place) {
    return over || (hider != null && place >= hiddenFrom);
  }

  private int construct(Piece html, int start) {
    char next = start + 1 < html.length() ? html.charAt(start + 1) : ' ';
    if (html.text().startsWith("<!--", start)) {
      return comment(html, start, endOfComment(html.text(), start));
    }
    boolean ends = next == '/' && start + 2 < html.length() && isLetter(html.charAt(start + 2));
    if (isLetter(next) || ends) {
      return tag(html, start);
    }
    if (next == '!' || next == '?' || next == '/') {
      return instruction(html, start);
    }
    return start + 1;
  }

  /**
   * Where the comment that begins at {@code start} ends, or -1. One that has others begin in it
   * goes on to as many ends, if there are.
   */
  static int endOfComment(String text, int start) {
    if (text.startsWith("<!-->", start)) {
      return start + 5;
    }
    if (text.startsWith("<!--->", start)) {
      return start + 6;
    }
    int end = -1;
    int open = 1;
    int at = start + 4;
    while (at < text.length() && open > 0) {
      if (text.startsWith("<!--", at)) {
        open++;
        at += 4;
      } else if (text.startsWith("-->", at)) {
        open--;
        at += 3;
        end = at;
      } else {
        at++;
      }
    }
    return end;
  }

  private int comment(Piece html, int start, int end) {
    return removed(html, start, end, Kind.COMMENT);
  }

  /** A browser ends it at the first bracket; CommonMark may have meant all of an inline one. */
  private int instruction(Piece html, int start) {
    boolean inline = start == 0 && html.text().endsWith(">") && !html.text().contains("\n");
    int bracket = html.text().indexOf('>', start);
    int end = inline ? html.length() : bracket + 1;
    String inside = html.text().substring(start + 1, Math.max(start + 1, end - 1));
    if (end > 0 && inside.startsWith("?") && saysNothing(inside) && isAfterWord(html, start)) {
      return end;
    }
    return removed(html, start, end == 0 ? -1 : end, Kind.COMMENT);
  }

  /** As in {@code Map<?, ?>}. */
  private static boolean saysNothing(String inside) {
    return inside.chars().noneMatch(Character::isLetterOrDigit);
  }

  private int removed(Piece html, int start, int end, Kind kind) {
    if (hider == null) {
      tally.count(kind);
    }
    if (end < 0) {
      hideRest(html.place(start));
      return html.length();
    }
    if (hider == null) {
      remove(html, start, end);
    }
    return end;
  }

  /** What is begun and not ended takes the rest of the text with it. */
  private void hideRest(int from) {
    edits.remove(hider == null ? from : hiddenFrom, source.length());
    over = true;
  }

  private int tag(Piece html, int start) {
    Tag.Read read = Tag.read(html, start);
    if (read.end() < 0) {
      return removed(html, start, -1, Kind.TAG);
    }
    if (hider == null) {
      shown(html, start, read.end(), read.tag());
    } else {
      hidden(html.place(read.end()), read.tag());
    }
    return read.end();
  }

  /** A tag inside of what is hidden matters only to where that ends. */
  private void hidden(int end, Tag tag) {
    if (!tag.name().equals(hider) || tag.isVoid()) {
      return;
    }
    depth += tag.closing() ? -1 : 1;
    if (depth == 0) {
      edits.remove(hiddenFrom, end);
      hider = null;
    }
  }

  private void shown(Piece html, int start, int end, Tag tag) {
    if (isType(html, start, end, tag)) {
      return;
    }
    if (tag.isPicture()) {
      tally.count(Kind.IMAGE);
      replace(html, start, end, "[image]");
    } else if (tag.hides() && !tag.isVoid()) {
      tally.count(Kind.ELEMENT);
      hider = tag.name();
      hiddenFrom = html.place(start);
      depth = 1;
    } else {
      replacement(html, start, end, tag).ifPresent(text -> replace(html, start, end, text));
    }
  }

  /**
   * As in {@code List<Object>}: a browser would hide what follows, which nobody who wrote a type
   * wants. Where the element ends somewhere, or is one that programs are written in, it is one.
   */
  private boolean isType(Piece html, int start, int end, Tag tag) {
    return tag.mayBeType()
        && isAfterWord(html, start)
        && Tag.isParameter(html.text().substring(start + 1, end - 1))
        && !lowerCase.contains("</" + tag.name());
  }

  private Optional<String> replacement(Piece html, int start, int end, Tag tag) {
    if (tag.name().equals("details")) {
      return Optional.of(tag.closing() ? "[end of the folded part]" : "[folded part]");
    }
    if (tag.isPlain()) {
      if (tag.isHarmless()) {
        return Optional.empty();
      }
      tally.count(Kind.TAG);
      return Optional.of(tag.bare());
    }
    String inside = html.text().substring(start + 1, end - 1);
    if (isAfterWord(html, start) && Tag.isParameter(inside)) {
      return Optional.empty();
    }
    tally.count(Kind.TAG);
    return Optional.of("");
  }

  /** As a type has its parameters, and a word no tag. */
  private boolean isAfterWord(Piece html, int start) {
    int place = html.place(start);
    if (place == 0) {
      return false;
    }
    char before = source.charAt(place - 1);
    return Character.isLetterOrDigit(before) || before == '_' || before == '<';
  }

  private void remove(Piece html, int start, int end) {
    edits.remove(html.place(start), html.place(end - 1) + 1);
  }

  private void replace(Piece html, int start, int end, String text) {
    if (text.isEmpty()) {
      remove(html, start, end);
    } else {
      edits.replace(html.place(start), html.place(end - 1) + 1, text);
    }
  }

  private static boolean isLetter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  }
}
