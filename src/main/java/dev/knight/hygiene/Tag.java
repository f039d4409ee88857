package dev.knight.hygiene;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A tag as a browser reads it.
 *
 * @param closing whether it is an end tag
 * @param name its name, in lower case
 * @param attributes what else it carries
 */
record Tag(boolean closing, String name, List<Attribute> attributes) {
  /** Elements whose content a page does not show as text. */
  private static final Set<String> HIDING =
      Set.of(
          "script",
          "style",
          "template",
          "title",
          "textarea",
          "noscript",
          "iframe",
          "object",
          "svg",
          "math",
          "xmp",
          "noembed",
          "noframes",
          "plaintext",
          "head",
          "select",
          "option",
          "datalist",
          "audio",
          "video",
          "canvas",
          "map",
          "dialog",
          "applet",
          "frameset",
          "rp",
          "slot");

  /** Those of them, and pictures, that are also what people call their types. */
  private static final Set<String> TYPES =
      Set.of(
          "object",
          "option",
          "map",
          "select",
          "video",
          "audio",
          "canvas",
          "dialog",
          "slot",
          "math",
          "head",
          "image",
          "svg",
          "applet",
          "datalist");

  /** Elements that only say how their content looks. */
  private static final Set<String> PLAIN =
      Set.of(
          ("a b i em strong code pre kbd samp var tt sub sup br hr p div span h1 h2 h3 h4 h5 h6 ul"
                  + " ol li dl dt dd table thead tbody tfoot tr td th caption colgroup col"
                  + " blockquote q s strike del ins u small big mark abbr cite dfn ruby rt rb bdi"
                  + " time figure figcaption center font section article aside header footer main"
                  + " nav address summary wbr label")
              .split(" "));

  private static final Set<String> VOID =
      Set.of(
          ("area base br col embed frame hr img input link meta param source track wbr image"
                  + " keygen bgsound basefont")
              .split(" "));

  /** What says something about the look and cannot carry words. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "(?:align|valign)=(?:left|right|center|top|middle|bottom|justify)"
              + "|(?:width|height|colspan|rowspan|start|border|cellpadding|cellspacing|size)="
              + "[0-9]{1,4}(?:%|px)?"
              + "|dir=(?:ltr|rtl|auto)|type=[1aAiI]|open=|nowrap=");

  private static final Pattern UNSEEN =
      Pattern.compile(
          "display:none|visibility:(?:hidden|collapse)|opacity:0*\\.?0*(?=[;!]|$)|opacity:0?\\.0"
              + "|font(?:-size)?:0|(?:^|[;-])(?:width|height):0(?![.0-9])"
              + "|text-indent:-|(?:left|top|right|bottom):-[0-9]{3}|clip(?:-path)?:"
              + "|scale\\(0|color:(?:transparent|white|#fff|rgba)|position:(?:absolute|fixed)");

  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?i)(?:(?:https?|mailto):|(?![a-z][a-z0-9+.-]{0,40}:))[^\\s\\p{Cntrl}<>\"]{0,2000}");

  /** What stands between the brackets of a type with parameters: {@code T}, {@code dyn Error}. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?:(?:dyn|in|out|const|impl) )?\\w{1,40}(?: (?:extends|super|as) \\w{1,40})?");

  record Attribute(String name, String value) {}

  Tag {
    attributes = List.copyOf(attributes);
  }

  /** Whether programs have types of that name, and pages hide nothing but its own content in it. */
  boolean mayBeType() {
    return !closing && attributes.isEmpty() && TYPES.contains(name);
  }

  boolean isVoid() {
    return VOID.contains(name);
  }

  boolean isPicture() {
    return name.equals("img") || name.equals("image");
  }

  boolean isPlain() {
    return PLAIN.contains(name);
  }

  /** Whether the page does not show what comes between this and its end tag. */
  boolean hides() {
    return !closing && (HIDING.contains(name) || attributes.stream().anyMatch(Tag::hides));
  }

  private static boolean hides(Attribute attribute) {
    String value = Entities.decoded(attribute.value()).toLowerCase(Locale.ROOT);
    return switch (attribute.name()) {
      case "hidden" -> true;
      case "style" -> isUnseen(value);
      case "color" -> value.matches("\\s*(?:white|transparent|#fff(?:fff)?)\\s*");
      case "size" -> value.matches("\\s*(?:0|-[0-9]+)\\s*");
      case "width", "height" -> value.matches("\\s*0+(?:px|%)?\\s*");
      default -> false;
    };
  }

  /** A style with escapes or comments hides what it is, so it is taken for the worst. */
  private static boolean isUnseen(String style) {
    String bare = style.replaceAll("\\s+", "");
    return bare.contains("\\") || bare.contains("/*") || UNSEEN.matcher(bare).find();
  }

  /** The tag with nothing in it that the page does not show. */
  String bare() {
    if (closing) {
      return "</" + name + ">";
    }
    StringBuilder bare = new StringBuilder("<").append(name);
    attributes.stream()
        .filter(attribute -> attribute.name().equals("href") && isAddress(attribute.value()))
        .findFirst()
        .ifPresent(href -> bare.append(" href=\"").append(href.value()).append('"'));
    return bare.append('>').toString();
  }

  /** Whether it carries nothing but its name, where it leads, and how its content looks. */
  boolean isHarmless() {
    return attributes.stream().allMatch(Tag::isHarmless);
  }

  private static boolean isHarmless(Attribute attribute) {
    return attribute.name().equals("href")
        ? isAddress(attribute.value())
        : HARMLESS.matcher(attribute.name() + "=" + attribute.value()).matches();
  }

  /** Whether {@code address} leads somewhere, and says nothing in spaces. */
  static boolean isAddress(String address) {
    return ADDRESS.matcher(Entities.decoded(address)).matches();
  }

  /** Whether {@code inside}, found right after a word, are a type's parameters. */
  static boolean isParameter(String inside) {
    return PARAMETER.matcher(inside).matches();
  }

  /**
   * Reads the tag that begins at {@code start} of {@code html}, where {@code <} is followed by a
   * letter or by {@code /} and a letter.
   *
   * @return what was read, and where it ends; an end of -1 says that it does not
   */
  static Read read(CharSequence html, int start) {
    boolean closing = html.charAt(start + 1) == '/';
    int at = start + (closing ? 2 : 1);
    int begin = at;
    while (at < html.length() && !endsName(html.charAt(at))) {
      at++;
    }
    String name = html.subSequence(begin, at).toString().toLowerCase(Locale.ROOT);
    List<Attribute> attributes = new ArrayList<>();
    while (at < html.length()) {
      char here = html.charAt(at);
      if (here == '>') {
        return new Read(new Tag(closing, name, attributes), at + 1);
      }
      if (Character.isWhitespace(here) || here == '/') {
        at++;
      } else {
        at = attribute(html, at, attributes);
      }
    }
    return new Read(new Tag(closing, name, attributes), -1);
  }

  record Read(Tag tag, int end) {}

  private static boolean endsName(char here) {
    return Character.isWhitespace(here) || here == '/' || here == '>';
  }

  private static int attribute(CharSequence html, int start, List<Attribute> attributes) {
    int at = start + 1;
    while (at < html.length() && !endsName(html.charAt(at)) && html.charAt(at) != '=') {
      at++;
    }
    String name = html.subSequence(start, at).toString().toLowerCase(Locale.ROOT);
    int equals = skip(html, at);
    if (equals >= html.length() || html.charAt(equals) != '=') {
      attributes.add(new Attribute(name, ""));
      return at;
    }
    int value = skip(html, equals + 1);
    if (value >= html.length()) {
      return value;
    }
    char quote = html.charAt(value);
    boolean quoted = quote == '"' || quote == '\'';
    int begin = quoted ? value + 1 : value;
    int end = begin;
    while (end < html.length()
        && (quoted
            ? html.charAt(end) != quote
            : !Character.isWhitespace(html.charAt(end)) && html.charAt(end) != '>')) {
      end++;
    }
    attributes.add(new Attribute(name, html.subSequence(begin, end).toString()));
    return quoted ? end + 1 : end;
  }

  private static int skip(CharSequence html, int start) {
    int at = start;
    while (at < html.length() && Character.isWhitespace(html.charAt(at))) {
      at++;
    }
    return at;
  }
}
