package dev.knight.dashboard;

import dev.knight.dashboard.Prose.Block;
import dev.knight.dashboard.Prose.Item;
import dev.knight.dashboard.Prose.Span;
import dev.knight.hygiene.MarkdownNodes;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what a page shows of a Markdown text. A list within a list becomes one beside it.
 */
final class ProseReading {
  private static final Parser MARKDOWN =
      Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES).build();

  private static final String TEXT = "text";

  private final String source;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();
  private String look = TEXT;
  private int number;

  ProseReading(String source) {
    this.source = source;
  }

  /** The blocks of it, from the top. */
  List<Block> read() {
    MarkdownNodes.inOrder(MARKDOWN.parse(source)).forEach(this::take);
    end();
    return List.copyOf(blocks);
  }

  private void take(Node node) {
    switch (node) {
      case Heading _ -> begin("title", 0);
      case Paragraph paragraph -> begin(paragraph);
      case FencedCodeBlock code -> print(code.getLiteral());
      case IndentedCodeBlock code -> print(code.getLiteral());
      case ThematicBreak _ -> end();
      case org.commonmark.node.Block block when block.getFirstChild() != null -> {}
      case org.commonmark.node.Block block -> {
        begin(TEXT, 0);
        add("", written(block));
      }
      default -> words(node);
    }
  }

  private void words(Node node) {
    if (isShown(node.getParent())) {
      return;
    }
    switch (node) {
      case Text text -> add(isStrong(text) ? "strong" : "", text.getLiteral());
      case Code code -> add("code", code.getLiteral());
      case SoftLineBreak _, HardLineBreak _ -> add("", "\n");
      case Emphasis _, StrongEmphasis _ -> {}
      default -> add("", written(node));
    }
  }

  /** Whether it lies in a link or a picture, which stand there as they are written. */
  private static boolean isShown(@Nullable Node above) {
    @Nullable Node at = above;
    while (at instanceof Emphasis || at instanceof StrongEmphasis) {
      at = at.getParent();
    }
    return at != null && !(at instanceof org.commonmark.node.Block);
  }

  private void begin(Paragraph paragraph) {
    boolean isPoint = paragraph.getParent() instanceof ListItem && paragraph.getPrevious() == null;
    if (isPoint && paragraph.getParent().getParent() instanceof OrderedList list) {
      begin("numbers", numberOf(paragraph.getParent(), list));
    } else {
      begin(isPoint ? "bullets" : TEXT, 0);
    }
  }

  private static int numberOf(Node point, OrderedList list) {
    Integer first = list.getMarkerStartNumber();
    int number = first == null ? 1 : first;
    @Nullable Node before = point.getPrevious();
    while (before != null) {
      number++;
      before = before.getPrevious();
    }
    return number;
  }

  private void begin(String look, int number) {
    end();
    this.look = look;
    this.number = number;
  }

  private void print(String code) {
    begin("code", 0);
    add("", code.stripTrailing());
  }

  private void add(String as, String words) {
    if (!spans.isEmpty() && spans.getLast().look().equals(as)) {
      spans.add(new Span(as, spans.removeLast().text() + words));
    } else if (!words.isEmpty()) {
      spans.add(new Span(as, words));
    }
  }

  private void end() {
    if (spans.isEmpty()) {
      return;
    }
    List<Item> items = new ArrayList<>();
    boolean isList = look.equals("bullets") || look.equals("numbers");
    if (isList && !blocks.isEmpty() && blocks.getLast().look().equals(look)) {
      items.addAll(blocks.removeLast().items());
    }
    items.add(new Item(number, List.copyOf(spans)));
    blocks.add(new Block(look, List.copyOf(items)));
    spans.clear();
  }

  private static boolean isStrong(Text text) {
    @Nullable Node at = text.getParent();
    while (at instanceof Emphasis) {
      at = at.getParent();
    }
    return at instanceof StrongEmphasis;
  }

  /** As it stands in the text. */
  private String written(Node node) {
    List<SourceSpan> places = node.getSourceSpans();
    if (places.isEmpty()) {
      return "";
    }
    SourceSpan last = places.getLast();
    return source.substring(
        places.getFirst().getInputIndex(), last.getInputIndex() + last.getLength());
  }
}
