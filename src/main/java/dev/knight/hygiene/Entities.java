package dev.knight.hygiene;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Characters that are spelled as HTML spells them: by number, or by name. */
final class Entities {
  static final Pattern ENTITY =
      Pattern.compile("&(?:#([0-9]{1,40});?|#[xX]([0-9A-Fa-f]{1,40});?|([A-Za-z]{2,31});)");

  /** The names of those that show nothing, and of what styles are spelled with. */
  private static final Map<String, Integer> NAMED =
      Map.ofEntries(
          Map.entry("shy", 0xAD),
          Map.entry("zwnj", 0x200C),
          Map.entry("zwj", 0x200D),
          Map.entry("lrm", 0x200E),
          Map.entry("rlm", 0x200F),
          Map.entry("ZeroWidthSpace", 0x200B),
          Map.entry("NegativeVeryThinSpace", 0x200B),
          Map.entry("NegativeThinSpace", 0x200B),
          Map.entry("NegativeMediumSpace", 0x200B),
          Map.entry("NegativeThickSpace", 0x200B),
          Map.entry("NoBreak", 0x2060),
          Map.entry("ApplyFunction", 0x2061),
          Map.entry("af", 0x2061),
          Map.entry("InvisibleTimes", 0x2062),
          Map.entry("it", 0x2062),
          Map.entry("InvisibleComma", 0x2063),
          Map.entry("ic", 0x2063),
          Map.entry("colon", (int) ':'),
          Map.entry("lpar", (int) '('),
          Map.entry("rpar", (int) ')'),
          Map.entry("sol", (int) '/'),
          Map.entry("bsol", (int) '\\'),
          Map.entry("Tab", (int) '\t'),
          Map.entry("NewLine", (int) '\n'));

  private Entities() {}

  /** Whether {@code found}, a match of {@link #ENTITY}, shows nothing. */
  static boolean isInvisible(Matcher found) {
    int character = character(found);
    return character >= 0 && Characters.isInvisible(character);
  }

  /** {@code text} with them written out. */
  static String decoded(String text) {
    return ENTITY
        .matcher(text)
        .replaceAll(found -> {
          int character = character(found);
          return Matcher.quoteReplacement(
              character < 0 ? found.group() : Character.toString(character));
        });
  }

  private static int character(java.util.regex.MatchResult found) {
    if (found.group(3) != null) {
      return NAMED.getOrDefault(found.group(3), -1);
    }
    boolean decimal = found.group(1) != null;
    String digits = (decimal ? found.group(1) : found.group(2)).replaceFirst("^0+(?=.)", "");
    if (digits.length() > 7) {
      return -1;
    }
    int character = Integer.parseInt(digits, decimal ? 10 : 16);
    return Character.isValidCodePoint(character) ? character : -1;
  }
}
