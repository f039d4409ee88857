package dev.knight.dashboard;

import dev.knight.hygiene.Emphasis;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The little of Markdown that a page shows as it is meant: titles, lists, code, and what is said
 * strongly. All else stays the text that it is; nothing of it becomes a link or any other HTML.
 *
 * @param blocks from the top
 */
record Prose(List<Block> blocks) {
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
    return new Prose(
        Emphasis.isExcessive(text)
            ? List.of(new Block("text", List.of(new Item(0, List.of(new Span("", text))))))
            : new ProseReading(text).read());
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
}
