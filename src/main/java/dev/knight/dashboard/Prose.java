package dev.knight.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The little of Markdown that a page shows as it is meant: titles, lists, code, and what is said
 * strongly. All else stays the text that it is, and no letter is lost but the marks and the word
 * for a language; nothing of it becomes a link or any other HTML.
 *
 * @param blocks from the top
 */
record Prose(List<Block> blocks) {
  private static final Pattern FENCE = Pattern.compile("\\s{0,3}(```+|~~~+)([^`]*)");
  private static final Pattern TITLE = Pattern.compile("#{1,6}\\s+(.+)");
  private static final Pattern BULLET = Pattern.compile("\\s*[-*+]\\s+(.+)");
  private static final Pattern NUMBERED = Pattern.compile("\\s*(\\d{1,4})[.)]\\s+(.+)");
  private static final Pattern SPAN = Pattern.compile("`([^`\n]+)`|\\*\\*([^*\n]+)\\*\\*");

  /**
   * A piece that stands by itself.
   *
   * @param look {@code text}, {@code title}, {@code bullets}, {@code numbers} or {@code code}
   * @param items the points of a list; of all else one
   */
  record Block(String look, List<Item> items) {}

  /**
   * A point of a list, or all of another block.
   *
   * @param number of a point that has one
   */
  record Item(int number, List<Span> spans) {}

  /**
   * Some words.
   *
   * @param look {@code code}, {@code strong} or nothing
   */
  record Span(String look, String text) {}

  /** What {@code text} means, which is plain text otherwise. */
  static Prose of(String text) {
    Reading reading = new Reading();
    text.lines().forEach(reading::line);
    return new Prose(reading.end());
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return blocks.isEmpty();
  }

  /** All of it in one line, without its marks. */
  String line() {
    return blocks.stream()
        .flatMap(block -> block.items().stream())
        .map(item -> item.spans().stream().map(Span::text).collect(Collectors.joining()))
        .collect(Collectors.joining(" "))
        .replace('\n', ' ');
  }

  private static List<Span> spans(String text) {
    List<Span> spans = new ArrayList<>();
    Matcher marked = SPAN.matcher(text);
    int at = 0;
    while (marked.find()) {
      if (marked.start() > at) {
        spans.add(new Span("", text.substring(at, marked.start())));
      }
      spans.add(
          marked.group(1) != null
              ? new Span("code", marked.group(1))
              : new Span("strong", marked.group(2)));
      at = marked.end();
    }
    if (at < text.length()) {
      spans.add(new Span("", text.substring(at)));
    }
    return List.copyOf(spans);
  }

  /** Takes lines, and puts those together that belong together. */
  private static final class Reading {
    private final List<Block> blocks = new ArrayList<>();
    private final List<String> text = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private String list = "";

    /** The fence that the code began with; empty outside of code. */
    private String fence = "";

    void line(String line) {
      Matcher here = FENCE.matcher(line);
      boolean isFence = here.matches();
      if (fence.isEmpty() && isFence) {
        close();
        fence = here.group(1);
      } else if (fence.isEmpty()) {
        words(line);
      } else if (isFence && here.group(1).startsWith(fence) && here.group(2).isBlank()) {
        close();
        fence = "";
      } else {
        text.add(line);
      }
    }

    private void words(String line) {
      Matcher title = TITLE.matcher(line);
      Matcher bullet = BULLET.matcher(line);
      Matcher numbered = NUMBERED.matcher(line);
      if (line.isBlank()) {
        closeText();
      } else if (title.matches()) {
        close();
        add("title", title.group(1));
      } else if (bullet.matches()) {
        point("bullets", 0, bullet.group(1));
      } else if (numbered.matches()) {
        point("numbers", Integer.parseInt(numbered.group(1)), numbered.group(2));
      } else {
        closeList();
        text.add(line);
      }
    }

    private void point(String kind, int number, String words) {
      closeText();
      if (!list.equals(kind)) {
        closeList();
        list = kind;
      }
      items.add(new Item(number, spans(words)));
    }

    private void add(String look, String words) {
      blocks.add(new Block(look, List.of(new Item(0, spans(words)))));
    }

    private void close() {
      closeList();
      closeText();
    }

    private void closeText() {
      if (!text.isEmpty()) {
        String words = String.join("\n", text);
        text.clear();
        if (fence.isEmpty()) {
          add("text", words);
        } else {
          blocks.add(new Block("code", List.of(new Item(0, List.of(new Span("", words))))));
        }
      }
    }

    private void closeList() {
      if (!items.isEmpty()) {
        blocks.add(new Block(list, List.copyOf(items)));
        items.clear();
      }
      list = "";
    }

    List<Block> end() {
      close();
      return List.copyOf(blocks);
    }
  }
}
