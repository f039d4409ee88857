package dev.knight.publish;

import dev.knight.hygiene.Emphasis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.markdown.MarkdownRenderer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Markdown, takes out of the tree what GitHub would act on or what hides something, and
 * writes the tree anew. Whatever the text plays with (half a code block, an unclosed comment, an
 * address under another name) is over once it is a tree.
 *
 * <p>No image, no HTML: what they say is shown as words. Comments and definitions, which nobody
 * sees, are left out. A link shows where it leads. Headings become bold lines, so that nobody's
 * words pass for a section of knight's. Code stays as it is.
 */
final class HarmlessMarkdown {
  /** Put after a character that GitHub would act on; it shows nothing. */
  private static final String STOP = "\u200B";

  /** GitHub draws these languages instead of showing them. */
  private static final Pattern LANGUAGE =
      Pattern.compile("(?!mermaid$|geojson$|topojson$|stl$|math$)[A-Za-z0-9+#-]{1,20}");

  private static final Pattern TRIGGER =
      Pattern.compile("@(?=[A-Za-z0-9])|#(?=[0-9])|(?i:GH-)(?=[0-9])");
  private static final Pattern ADDRESS =
      Pattern.compile("https?://[^\\s<>|\"'`()\\[\\]\\\\]{1,2000}");
  private static final Pattern ISSUE =
      Pattern.compile("https?://[^/]+/[^/]+/[^/]+/(?:issues|pulls?|discussions)/[0-9].*");
  private static final Pattern CLOSING =
      Pattern.compile("(?i)\\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)\\b");

  /** Nobody writes so deep a tree, and whoever walks it needs a stack. */
  private static final int DEEPEST = 60;

  private final Parser parser = Parser.builder().build();
  private final MarkdownRenderer renderer = MarkdownRenderer.builder().build();

  /** {@code text} without what acts or hides, or empty if it cannot be shown to be so. */
  Optional<String> of(String text) {
    if (Emphasis.isExcessive(text)) {
      return Optional.empty();
    }
    Node document = parser.parse(text);
    if (isDeep(document)) {
      return Optional.empty();
    }
    return written(document, CLOSING.matcher(text).find());
  }

  /** The same of one line, which is a paragraph and nothing else, whatever it begins with. */
  Optional<String> ofLine(String line) {
    if (Emphasis.isExcessive(line)) {
      return Optional.empty();
    }
    Node document = parser.parse(line);
    Node first = document.getFirstChild();
    if (!(first instanceof Paragraph) || first.getNext() != null) {
      document = new Document();
      Paragraph paragraph = new Paragraph();
      paragraph.appendChild(new Text(line));
      document.appendChild(paragraph);
    }
    return isDeep(document)
        ? Optional.empty()
        : written(document, CLOSING.matcher(line).find()).map(it -> it.replace("\n", " "));
  }

  private Optional<String> written(Node document, boolean closes) {
    all(document).forEach(HarmlessMarkdown::reshape);
    merge(document);
    all(document).stream()
        .filter(Text.class::isInstance)
        .filter(it -> !(it.getParent() instanceof Link))
        .forEach(it -> defuse((Text) it, closes));
    String written = renderer.render(document).strip();
    return Optional.of(written).filter(this::isHarmless);
  }

  /** Whether it reads as it is meant to, and what comes after it is not drawn into it. */
  boolean isHarmless(String written) {
    if (Emphasis.isExcessive(written)) {
      return false;
    }
    String end = "and so it ends";
    Node document = parser.parse(written + "\n\n" + end);
    boolean ends =
        document.getLastChild() instanceof Paragraph last
            && last.getFirstChild() instanceof Text text
            && text.getLiteral().equals(end);
    return ends
        && !isDeep(document)
        && all(document).stream().allMatch(HarmlessMarkdown::isHarmless);
  }

  private static boolean isHarmless(Node node) {
    return switch (node) {
      case Image _, HtmlBlock _, HtmlInline _, Heading _, LinkReferenceDefinition _ -> false;
      case Link link ->
          link.getTitle() == null
              && link.getFirstChild() instanceof Text text
              && text.getNext() == null
              && text.getLiteral().equals(link.getDestination());
      case Text text ->
          text.getParent() instanceof Link || !TRIGGER.matcher(text.getLiteral()).find();
      default -> true;
    };
  }

  private static void reshape(Node node) {
    switch (node) {
      case Image image -> unwrap(image);
      case HtmlInline html -> replace(html, shown(html.getLiteral()));
      case HtmlBlock html -> replace(html, paragraph(shown(html.getLiteral())));
      case LinkReferenceDefinition hidden -> hidden.unlink();
      case Heading heading -> replace(heading, bold(heading));
      case FencedCodeBlock code -> code.setInfo(language(code.getInfo()));
      case IndentedCodeBlock code -> replace(code, fenced(code.getLiteral()));
      case Code code -> code.setLiteral(code(code.getLiteral()));
      case Link link -> open(link);
      default -> {}
    }
  }

  /** What is in a link, and then its address, for all to see. */
  private static void open(Link link) {
    String address = link.getDestination();
    boolean plain =
        link.getFirstChild() instanceof Text text
            && text.getNext() == null
            && text.getLiteral().equals(address);
    if (!plain && !address.isBlank()) {
      link.appendChild(new Text(link.getFirstChild() == null ? address : " (" + address + ")"));
    }
    unwrap(link);
  }

  private static void unwrap(Node node) {
    for (Node child = node.getFirstChild(); child != null; child = node.getFirstChild()) {
      node.insertBefore(child);
    }
    node.unlink();
  }

  private static void replace(Node node, Node... others) {
    for (Node other : others) {
      node.insertBefore(other);
    }
    node.unlink();
  }

  /** HTML as words; a comment says nothing. */
  private static Node[] shown(String html) {
    List<Node> shown = new ArrayList<>();
    html.replaceAll("(?s)<!--.*?(?:-->|$)", "")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(line -> {
          if (!shown.isEmpty()) {
            shown.add(new SoftLineBreak());
          }
          shown.add(new Text(line));
        });
    return shown.toArray(Node[]::new);
  }

  private static Node[] paragraph(Node... inlines) {
    if (inlines.length == 0) {
      return inlines;
    }
    Paragraph paragraph = new Paragraph();
    for (Node inline : inlines) {
      paragraph.appendChild(inline);
    }
    return new Node[] {paragraph};
  }

  private static Node bold(Heading heading) {
    StrongEmphasis bold = new StrongEmphasis("**");
    for (Node child = heading.getFirstChild(); child != null; child = heading.getFirstChild()) {
      bold.appendChild(child);
    }
    Paragraph paragraph = new Paragraph();
    if (bold.getFirstChild() != null) {
      paragraph.appendChild(bold);
    }
    return paragraph;
  }

  private static Node fenced(String code) {
    FencedCodeBlock block = new FencedCodeBlock();
    block.setFenceCharacter("`");
    block.setLiteral(code);
    return block;
  }

  private static String language(@Nullable String info) {
    String word = info == null ? "" : info.strip().split("\\s", 2)[0];
    return LANGUAGE.matcher(word).matches() ? word : "";
  }

  /** Two texts side by side are read as one when they are written. */
  private static void merge(Node document) {
    for (Node node : all(document)) {
      if (node instanceof Text text && text.getPrevious() instanceof Text before) {
        text.setLiteral(before.getLiteral() + text.getLiteral());
        before.unlink();
      }
    }
  }

  private static void defuse(Text text, boolean closes) {
    String literal = text.getLiteral();
    Matcher address = ADDRESS.matcher(literal);
    int at = 0;
    while (address.find()) {
      text.insertBefore(new Text(stopped(literal.substring(at, address.start()))));
      text.insertBefore(address(address.group(), closes));
      at = address.end();
    }
    text.setLiteral(stopped(literal.substring(at)));
  }

  /** After a word that closes, an issue's page would be closed. */
  private static Node address(String address, boolean closes) {
    if (closes && ISSUE.matcher(address).matches()) {
      return new Code(address);
    }
    String safe = address.replace("@", "%40");
    Link link = new Link(safe, null);
    link.appendChild(new Text(safe));
    return link;
  }

  /**
   * The inside of code within a line. Where GitHub sees a table it looks for the bars first, and
   * for code after that: what has a bar may turn out to be no code.
   */
  static String code(String code) {
    return code.contains("|") ? stopped(code).replace("://", ":" + STOP + "//") : code;
  }

  private static String stopped(String text) {
    return TRIGGER.matcher(text).replaceAll("$0" + STOP);
  }

  private static boolean isDeep(Node document) {
    int depth = 0;
    Node node = document;
    while (node != null) {
      if (depth > DEEPEST) {
        return true;
      }
      if (node.getFirstChild() != null) {
        node = node.getFirstChild();
        depth++;
        continue;
      }
      while (node != null && node.getNext() == null) {
        node = node.getParent();
        depth--;
      }
      node = node == null ? null : node.getNext();
    }
    return false;
  }

  /** Every node below {@code document}, parents first, neighbours in order. */
  private static List<Node> all(Node document) {
    List<Node> all = new ArrayList<>();
    addChildren(document, all);
    for (int i = 0; i < all.size(); i++) {
      addChildren(all.get(i), all);
    }
    return all;
  }

  private static void addChildren(Node parent, List<Node> all) {
    for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
      all.add(child);
    }
  }
}
