package dev.knight.cli;

import dev.knight.hygiene.PlainText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A listing: columns that fit the screen for a person, fields parted by tabs for a program. Where
 * the screen is too narrow, columns of less interest go first, and then long cells are cut.
 */
final class Table {
  private static final String GAP = "  ";

  /** A cut column is still worth reading. */
  private static final int READABLE = 16;

  private static final int NARROWEST = 4;

  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  Table(Column... columns) {
    this.columns = List.of(columns);
  }

  /** What becomes of a cell that is longer than its column may be. */
  enum Cut {
    /** It stays whole. */
    NEVER,
    /** It loses its end. */
    END,
    /** It loses its beginning. */
    START
  }

  /**
   * One column.
   *
   * @param rank 0 for what always stays; of the others the highest goes first
   */
  record Column(String heading, Cut cut, boolean isRight, int rank) {
    /** One that always stays as it is. */
    static Column of(String heading) {
      return new Column(heading, Cut.NEVER, false, 0);
    }

    Column cut(Cut where) {
      return new Column(heading, where, isRight, rank);
    }

    Column right() {
      return new Column(heading, cut, true, rank);
    }

    Column goes(int newRank) {
      return new Column(heading, cut, isRight, newRank);
    }
  }

  /**
   * One cell: on one line, and harmless, whatever it is made of.
   *
   * @param shown for a person
   * @param plain for a program
   */
  record Cell(String shown, String plain, Tone tone) {
    Cell {
      shown = PlainText.line(shown);
      plain = PlainText.line(plain);
    }

    /** The same for both. */
    static Cell of(String text) {
      return new Cell(text, text, Tone.PLAIN);
    }

    /** One for a person, and one for a program. */
    static Cell of(String shown, String plain) {
      return new Cell(shown, plain, Tone.PLAIN);
    }

    Cell in(Tone other) {
      return new Cell(shown, plain, other);
    }
  }

  /** Adds a row: a cell for each column. */
  void row(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns".formatted(cells.length, columns.size()));
    }
    rows.add(List.of(cells));
  }

  /** Writes it in the manner that {@code terminal} wants. */
  void print(Terminal terminal) {
    lines(terminal).forEach(terminal.out()::println);
  }

  /** Its lines in the manner that {@code terminal} wants. */
  List<String> lines(Terminal terminal) {
    return terminal.isPerson()
        ? forPerson(terminal, terminal.width())
        : rows.stream()
            .map(row -> row.stream().map(Cell::plain).collect(Collectors.joining("\t")))
            .toList();
  }

  private List<String> forPerson(Terminal terminal, int width) {
    List<Integer> kept = kept(width);
    int[] widths = widths(kept, width);
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            kept,
            widths,
            columns.stream().map(it -> Cell.of(it.heading()).in(Tone.STRONG)).toList(),
            terminal));
    rows.forEach(row -> lines.add(line(kept, widths, row, terminal)));
    return lines;
  }

  /** The columns for which there is room, each in a width at which it can be read. */
  private List<Integer> kept(int width) {
    List<Integer> kept = new ArrayList<>(IntStream.range(0, columns.size()).boxed().toList());
    while (least(kept) > width) {
      Optional<Integer> next =
          kept.stream()
              .filter(it -> columns.get(it).rank() > 0)
              .max(Comparator.comparingInt(it -> columns.get(it).rank()));
      if (next.isEmpty()) {
        return kept;
      }
      kept.removeIf(next.get()::equals);
    }
    return kept;
  }

  private int least(List<Integer> kept) {
    return kept.stream()
            .mapToInt(it ->
                columns.get(it).cut() == Cut.NEVER ? natural(it) : Math.min(natural(it), READABLE))
            .sum()
        + GAP.length() * (kept.size() - 1);
  }

  private int[] widths(List<Integer> kept, int width) {
    int[] widths = IntStream.range(0, columns.size()).map(this::natural).toArray();
    int sum = kept.stream().mapToInt(it -> widths[it]).sum() + GAP.length() * (kept.size() - 1);
    for (int excess = sum - width; excess > 0; excess--) {
      Optional<Integer> widest =
          kept.stream()
              .filter(it -> columns.get(it).cut() != Cut.NEVER && widths[it] > NARROWEST)
              .max(Comparator.comparingInt(it -> widths[it]));
      if (widest.isEmpty()) {
        break;
      }
      widths[widest.get()]--;
    }
    return widths;
  }

  private int natural(int column) {
    return Math.max(
        TextWidth.of(columns.get(column).heading()),
        rows.stream().mapToInt(row -> TextWidth.of(row.get(column).shown())).max().orElse(0));
  }

  private String line(List<Integer> kept, int[] widths, List<Cell> row, Terminal terminal) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < kept.size(); i++) {
      int column = kept.get(i);
      Cell cell = row.get(column);
      String text = cut(columns.get(column), cell.shown(), widths[column]);
      String room = " ".repeat(widths[column] - TextWidth.of(text));
      String painted = terminal.painted(cell.tone(), text);
      boolean isLast = i == kept.size() - 1;
      line.append(i == 0 ? "" : GAP)
          .append(columns.get(column).isRight() ? room + painted : painted + (isLast ? "" : room));
    }
    return line.toString().stripTrailing();
  }

  private static String cut(Column column, String text, int width) {
    return switch (column.cut()) {
      case NEVER -> text;
      case END -> TextWidth.cutEnd(text, width);
      case START -> TextWidth.cutStart(text, width);
    };
  }
}
