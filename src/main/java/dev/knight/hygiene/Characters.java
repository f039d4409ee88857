package dev.knight.hygiene;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/**
 * Takes characters out of a text that show nothing, or show other characters in another order. What
 * a script or a picture needs stays where it needs it: a joiner between two Persian letters or in a
 * family, one selector after a picture, a mark beside a Hebrew letter. One pass is enough: whether
 * a character stays depends only on characters that always stay, or have stayed.
 */
final class Characters {
  /** Scripts in which a joiner changes how letters look. */
  private static final Set<UnicodeScript> JOINING =
      EnumSet.of(
          UnicodeScript.ARABIC,
          UnicodeScript.SYRIAC,
          UnicodeScript.MONGOLIAN,
          UnicodeScript.DEVANAGARI,
          UnicodeScript.BENGALI,
          UnicodeScript.GURMUKHI,
          UnicodeScript.GUJARATI,
          UnicodeScript.ORIYA,
          UnicodeScript.TAMIL,
          UnicodeScript.TELUGU,
          UnicodeScript.KANNADA,
          UnicodeScript.MALAYALAM,
          UnicodeScript.SINHALA,
          UnicodeScript.TIBETAN,
          UnicodeScript.MYANMAR,
          UnicodeScript.KHMER);

  /** Scripts without spaces, where a line may break at a space of no width. */
  private static final Set<UnicodeScript> SPACELESS =
      EnumSet.of(UnicodeScript.THAI, UnicodeScript.LAO, UnicodeScript.KHMER, UnicodeScript.MYANMAR);

  /** The flags of England, Scotland and Wales are the only pictures that are spelled. */
  private static final Set<String> SPELLED = Set.of("gbeng", "gbsct", "gbwls");

  private static final int BLACK_FLAG = 0x1F3F4;
  private static final int TAG = 0xE0000;
  private static final int CANCEL_TAG = 0xE007F;
  private static final int KEYCAP = 0x20E3;
  private static final int NON_JOINER = 0x200C;
  private static final int JOINER = 0x200D;
  private static final int ZERO_SPACE = 0x200B;
  private static final int EMOJI_STYLE = 0xFE0F;
  private static final int TEXT_STYLE = 0xFE0E;

  private final Tally tally;
  private final boolean spelling;

  /** {@code spelling} writes their numbers in their place. */
  Characters(Tally tally, boolean spelling) {
    this.tally = tally;
    this.spelling = spelling;
  }

  /** {@code text} without them. Lines end with a line feed. */
  String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      int next = at + Character.charCount(character);
      if (character == '\r') {
        if (next == text.length() || text.charAt(next) != '\n') {
          clean.append('\n');
        }
      } else if (character == 0x2028 || character == 0x2029) {
        clean.append(' ');
        tally.count(Removed.Kind.CHARACTER);
      } else if (character == BLACK_FLAG && isSpelled(text, next)) {
        int end = text.indexOf(Character.toString(CANCEL_TAG), next) + 2;
        clean.append(text, at, end);
        next = end;
      } else if (!isInvisible(character) || isNeeded(clean, character, text, next)) {
        clean.appendCodePoint(character);
      } else {
        tally.count(Removed.Kind.CHARACTER);
        clean.append(spelling ? "\\u{%X}".formatted(character) : "");
      }
      at = next;
    }
    return clean.toString();
  }

  /** Whether {@code character} shows nothing by itself. */
  static boolean isInvisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL -> character != '\n' && character != '\t';
      case Character.FORMAT -> !isVisibleFormat(character);
      case Character.SURROGATE, Character.PRIVATE_USE -> true;
      case Character.UNASSIGNED -> isIgnorable(character);
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> isIgnorable(character);
    };
  }

  /** Signs that are drawn around the digits or letters that follow. */
  private static boolean isVisibleFormat(int character) {
    return isIn(character, 0x600, 0x605)
        || character == 0x6DD
        || character == 0x70F
        || character == 0x890
        || character == 0x891
        || character == 0x8E2
        || character == 0x110BD
        || character == 0x110CD
        || isIn(character, 0x13430, 0x1343F);
  }

  /** Characters of other kinds that a page draws as nothing. */
  private static boolean isIgnorable(int character) {
    return switch (character) {
      case 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x2800, 0x3164, 0xFFA0, 0xFFFC, 0x1D159 ->
          true;
      default ->
          isIn(character, 0x180B, 0x180F)
              || isIn(character, 0xFE00, 0xFE0F)
              || isIn(character, 0xFFF0, 0xFFF8)
              || isIn(character, TAG, 0xE0FFF)
              || (character & 0xFFFE) == 0xFFFE
              || isIn(character, 0xFDD0, 0xFDEF);
    };
  }

  private static boolean isSpelled(String text, int from) {
    StringBuilder letters = new StringBuilder();
    int at = from;
    while (at < text.length() && letters.length() <= 5) {
      int character = text.codePointAt(at);
      if (character == CANCEL_TAG) {
        return SPELLED.contains(letters.toString());
      }
      if (character < TAG + 'a' || character > TAG + 'z') {
        return false;
      }
      letters.append((char) (character - TAG));
      at += 2;
    }
    return false;
  }

  private static boolean isNeeded(StringBuilder before, int character, String text, int following) {
    if (before.isEmpty()) {
      return false;
    }
    int last = before.codePointBefore(before.length());
    int next = following < text.length() ? text.codePointAt(following) : -1;
    return switch (character) {
      case JOINER -> isIn(JOINING, last) || (isPicture(before, last) && isPicture(next));
      case NON_JOINER -> isIn(JOINING, last);
      case ZERO_SPACE -> isIn(SPACELESS, last) && isIn(SPACELESS, next);
      case 0x200E, 0x200F, 0x61C -> isRightToLeft(last) || isRightToLeft(next);
      case EMOJI_STYLE, TEXT_STYLE ->
          last < 0x80 ? next == KEYCAP : Character.isEmoji(last) && !isInvisible(last);
      case 0x2800 -> isBraille(last) || isBraille(next);
      default -> selects(last, character);
    };
  }

  private static boolean isPicture(int character) {
    return character >= 0 && Character.isExtendedPictographic(character);
  }

  private static boolean isPicture(StringBuilder before, int last) {
    if (last != EMOJI_STYLE) {
      return Character.isExtendedPictographic(last) || Character.isEmojiModifier(last);
    }
    int style = before.length() - 1;
    return style > 0 && Character.isExtendedPictographic(before.codePointBefore(style));
  }

  /** A selector chooses among the forms of the one letter that it follows. */
  private static boolean selects(int letter, int selector) {
    if (isIn(selector, 0xFE00, 0xFE0D)) {
      return Character.isIdeographic(letter)
          || Character.getType(letter) == Character.MATH_SYMBOL
          || isIn(EnumSet.of(UnicodeScript.MYANMAR, UnicodeScript.PHAGS_PA), letter);
    }
    if (isIn(selector, 0x180B, 0x180F)) {
      return isIn(EnumSet.of(UnicodeScript.MONGOLIAN), letter);
    }
    return isIn(selector, 0xE0100, 0xE01EF) && Character.isIdeographic(letter);
  }

  private static boolean isIn(Set<UnicodeScript> scripts, int character) {
    return character >= 0
        && !isInvisible(character)
        && scripts.contains(UnicodeScript.of(character));
  }

  private static boolean isIn(int character, int first, int last) {
    return character >= first && character <= last;
  }

  private static boolean isBraille(int character) {
    return isIn(character, 0x2801, 0x28FF);
  }

  private static boolean isRightToLeft(int character) {
    if (character < 0 || isInvisible(character)) {
      return false;
    }
    byte direction = Character.getDirectionality(character);
    return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }
}
