package dev.knight.hygiene;

import dev.knight.hygiene.Removed.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows of a Markdown text. The text itself is kept to the letter; only places that the
 * page does not show are cut out of it. One round may bring to light what the next one removes.
 */
final class Surface {
  private static final Parser MARKDOWN =
      Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES).build();

  private static final String PICTURE = "[image]";
  private static final Pattern LANGUAGE = Pattern.compile("[\\w+#.-]{0,40}");
  private static final Pattern FENCE = Pattern.compile("[ \\t]*(`{3,}|~{3,})[ \\t]*");
  private static final Pattern NOTE = Pattern.compile("\\[\\^([^\\]\\s]{1,200})\\](:?)");
  private static final Pattern PHANTOM = Pattern.compile("\\\\[hv]?phantom\\b");

  private final String source;
  private final Tally tally;
  private final Edits edits;
  private final Markup markup;
  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> notes = new HashSet<>();
  private int taken = -1;
  private int covered = -1;

  private Surface(String source, Tally tally) {
    this.source = source;
    this.tally = tally;
    this.edits = new Edits(source);
    this.markup = new Markup(source, edits, tally);
  }

  /** One round over {@code source}. */
  static String of(String source, Tally tally) {
    return new Surface(source, tally).read();
  }

  private String read() {
    gather(MARKDOWN.parse(source));
    nodes.forEach(this::noteReferences);
    boolean underNote = false;
    for (Node node : nodes) {
      if (node instanceof Block) {
        underNote = isUnreferencedNote(node) || (underNote && node instanceof IndentedCodeBlock);
        if (underNote && !(node instanceof LinkReferenceDefinition)) {
          cut(node, Kind.UNDRAWN);
        }
      }
      boolean html = node instanceof HtmlBlock || node instanceof HtmlInline;
      int start = start(node);
      if (html ? start >= covered : start >= taken && !markup.hides(start)) {
        read(node);
      }
    }
    markup.end();
    return edits.apply();
  }

  private void read(Node node) {
    switch (node) {
      case HtmlBlock html -> {
        markup.read(piece(html));
        entities(html);
      }
      case HtmlInline html -> inline(html);
      case Image image -> picture(image);
      case Link link -> link(link);
      case LinkReferenceDefinition definition when !isReferenced(definition) ->
          cut(definition, Kind.LINK);
      case FencedCodeBlock code -> fence(code);
      case Code code when isCellOfTable(code) -> markup.read(piece(code));
      case Text text -> text(text);
      default -> {}
    }
  }

  /** In the order of the text, without recursion: nesting may be as deep as the text is long. */
  private void gather(Node document) {
    @Nullable Node node = document;
    while (node != null) {
      nodes.add(node);
      node = following(node);
    }
  }

  /** The node that comes next in the text. */
  static @Nullable Node following(Node node) {
    boolean enter = node.getFirstChild() != null && !(node instanceof Image);
    return enter ? node.getFirstChild() : MarkdownNodes.after(node);
  }

  /** A comment with others in it goes on to as many ends as it has begun, where there are. */
  private void inline(HtmlInline html) {
    Piece piece = piece(html);
    markup.read(piece);
    if (piece.text().startsWith("<!--") && piece.text().indexOf("<!--", 4) > 0) {
      Piece rest = Piece.of(source, start(html), leaf(html).getSourceSpans());
      int end = Markup.endOfComment(rest.text(), 0);
      if (end > 0) {
        covered = rest.place(end - 1) + 1;
        taken = Math.max(taken, covered);
        edits.remove(start(html), covered);
      }
    }
  }

  // ---- pictures and links

  private void picture(Image image) {
    tally.count(Kind.IMAGE);
    replace(image, PICTURE);
  }

  private void link(Link link) {
    Inside inside = new Inside(link);
    String text = inside.text.toString();
    if (inside.pictures > 0) {
      tally.count(Kind.IMAGE, inside.pictures);
      boolean silent = inside.html || text.isBlank();
      replace(link, silent ? PICTURE : text.strip() + " " + PICTURE);
      taken = end(link);
    } else if (text.isBlank() && !isBareAddress(link)) {
      cut(link, Kind.LINK);
      taken = end(link);
    } else {
      address(link);
    }
  }

  /** What the text of a link comes to. */
  private static final class Inside {
    private final StringBuilder text = new StringBuilder();
    private int pictures;
    private boolean html;

    Inside(Link link) {
      @Nullable Node node = link.getFirstChild();
      while (node != null) {
        switch (node) {
          case Text words -> text.append(words.getLiteral());
          case Code code -> text.append(code.getLiteral());
          case SoftLineBreak _, HardLineBreak _ -> text.append(' ');
          case HtmlInline _ -> html = true;
          case Image _ -> pictures++;
          default -> {}
        }
        node = next(node, link);
      }
    }

    private static @Nullable Node next(Node node, Node root) {
      if (node.getFirstChild() != null && !(node instanceof Image)) {
        return node.getFirstChild();
      }
      @Nullable Node at = node;
      while (at != null && !at.equals(root) && at.getNext() == null) {
        at = at.getParent();
      }
      return at == null || at.equals(root) ? null : at.getNext();
    }
  }

  private boolean isBareAddress(Link link) {
    return source.charAt(start(link)) == '<';
  }

  /** Takes away a link's title, and where it leads if that is no address. */
  private void address(Link link) {
    Piece piece = piece(link);
    int bracket = endOfText(link, piece);
    if (bracket < 0 || !piece.text().startsWith("](", bracket)) {
      return;
    }
    boolean leads = Tag.isAddress(link.getDestination());
    boolean titled = link.getTitle() != null && !link.getTitle().isEmpty();
    if (!leads) {
      tally.count(Kind.LINK);
      edits.replace(piece.place(bracket), piece.place(piece.length() - 1) + 1, "]");
    } else if (titled) {
      tally.count(Kind.TITLE);
      edits.replace(
          piece.place(bracket),
          piece.place(piece.length() - 1) + 1,
          "](" + written(link.getDestination()) + ")");
    }
  }

  private static String written(String address) {
    return address.contains("(") || address.contains(")") ? "<" + address + ">" : address;
  }

  /** Where the text of {@code link} ends in {@code piece}, or -1. */
  private static int endOfText(Link link, Piece piece) {
    Node last = link.getLastChild();
    if (last == null || last.getSourceSpans().isEmpty()) {
      return -1;
    }
    SourceSpan span = last.getSourceSpans().getLast();
    int end = span.getInputIndex() + span.getLength();
    int at = 0;
    while (at < piece.length() && piece.place(at) < end) {
      at++;
    }
    return at < piece.length() ? piece.text().indexOf(']', at) : -1;
  }

  // ---- code

  /** Of what stands behind an opening fence, a page shows nothing and uses the first word. */
  private void fence(FencedCodeBlock code) {
    List<SourceSpan> lines = code.getSourceSpans();
    SourceSpan first = lines.getFirst();
    String opening = slice(first);
    Matcher fence = FENCE.matcher(opening);
    if (fence.lookingAt()) {
      String info = opening.substring(fence.end()).stripTrailing();
      String word = info.split("[ \\t]", 2)[0];
      String language = LANGUAGE.matcher(word).matches() ? word : "";
      if (!info.equals(language)) {
        tally.count(Kind.TITLE);
        edits.replace(
            first.getInputIndex() + fence.end(),
            first.getInputIndex() + opening.length(),
            language);
      }
      undrawn(language.toLowerCase(Locale.ROOT), lines.subList(1, lines.size()));
    }
  }

  /** A diagram's comments and a formula's phantoms are not drawn. */
  private void undrawn(String language, List<SourceSpan> lines) {
    for (SourceSpan line : lines) {
      String text = slice(line);
      boolean hidden =
          switch (language) {
            case "mermaid" -> text.stripLeading().startsWith("%%");
            case "math" -> PHANTOM.matcher(text).find() || text.contains("%");
            default -> false;
          };
      if (hidden) {
        tally.count(Kind.UNDRAWN);
        edits.replace(line.getInputIndex(), line.getInputIndex() + line.getLength(), "");
      }
    }
  }

  /** A bar ends the cell of a table, whatever code seems to hold it. */
  private boolean isCellOfTable(Code code) {
    String slice = piece(code).text();
    return slice.contains("|") && slice.contains("<") && isTable(leaf(code));
  }

  private boolean isTable(Node leaf) {
    return leaf instanceof Paragraph
        && piece(leaf)
            .text()
            .lines()
            .anyMatch(line -> line.contains("-") && line.chars().allMatch(Surface::rules));
  }

  private static boolean rules(int character) {
    return " \t|:-".indexOf(character) >= 0;
  }

  // ---- words

  private void text(Text text) {
    entities(text);
    for (SourceSpan span : text.getSourceSpans()) {
      String words = slice(span);
      int unended = words.indexOf("<!--");
      if (unended >= 0 && (unended == 0 || words.charAt(unended - 1) != '\\')) {
        toEndOfLeaf(text, span.getInputIndex() + unended, Kind.COMMENT);
        return;
      }
      Matcher phantom = PHANTOM.matcher(words);
      if (phantom.find()) {
        toEndOfLeaf(text, span.getInputIndex() + phantom.start(), Kind.UNDRAWN);
        return;
      }
    }
  }

  /** Takes out characters that show nothing, spelled as HTML spells them. */
  private void entities(Node node) {
    for (SourceSpan span : node.getSourceSpans()) {
      Matcher entity = Entities.ENTITY.matcher(slice(span));
      while (entity.find()) {
        if (Entities.isInvisible(entity)) {
          tally.count(Kind.CHARACTER);
          edits.replace(
              span.getInputIndex() + entity.start(), span.getInputIndex() + entity.end(), "");
        }
      }
    }
  }

  /** What begins like a comment and does not end is left out with the rest of its paragraph. */
  private void toEndOfLeaf(Node node, int from, Kind kind) {
    tally.count(kind);
    edits.remove(from, end(leaf(node)));
  }

  private static Node leaf(Node node) {
    Node leaf = node;
    while (!(leaf instanceof Block) && leaf.getParent() != null) {
      leaf = leaf.getParent();
    }
    return leaf;
  }

  // ---- footnotes

  private void noteReferences(Node node) {
    if (node instanceof Text || node instanceof Link) {
      Matcher note = NOTE.matcher(piece(node).text());
      while (note.find()) {
        if (note.group(2).isEmpty()) {
          notes.add(note.group(1).toLowerCase(Locale.ROOT));
        }
      }
    }
  }

  private boolean isUnreferencedNote(Node node) {
    if (node instanceof LinkReferenceDefinition definition) {
      return definition.getLabel().startsWith("^") && !isReferenced(definition);
    }
    if (node instanceof Paragraph) {
      Matcher note = NOTE.matcher(piece(node).text());
      return note.lookingAt()
          && !note.group(2).isEmpty()
          && !notes.contains(note.group(1).toLowerCase(Locale.ROOT));
    }
    return false;
  }

  private boolean isReferenced(LinkReferenceDefinition definition) {
    String label = definition.getLabel();
    return label.startsWith("^") && notes.contains(label.substring(1).toLowerCase(Locale.ROOT));
  }

  // ---- places

  private void cut(Node node, Kind kind) {
    tally.count(kind);
    if (!node.getSourceSpans().isEmpty()) {
      edits.remove(start(node), end(node));
    }
  }

  private void replace(Node node, String text) {
    edits.replace(start(node), end(node), text);
  }

  private static int end(Node node) {
    SourceSpan last = node.getSourceSpans().getLast();
    return last.getInputIndex() + last.getLength();
  }

  private static int start(Node node) {
    return node.getSourceSpans().isEmpty() ? -1 : node.getSourceSpans().getFirst().getInputIndex();
  }

  private Piece piece(Node node) {
    return Piece.of(source, node.getSourceSpans());
  }

  private String slice(SourceSpan span) {
    return source.substring(span.getInputIndex(), span.getInputIndex() + span.getLength());
  }
}
