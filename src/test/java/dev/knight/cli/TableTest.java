package dev.knight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.cli.Table.Cell;
import dev.knight.cli.Table.Column;
import dev.knight.cli.Table.Cut;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TableTest {
  private final StringWriter out = new StringWriter();

  @Test
  void columns_line_up_and_numbers_stand_right() {
    table().print(person(60, false));

    assertThat(out.toString())
        .isEqualTo(
            """
            NO  NAME                SAID         COST
             7  ada/engine          fine        $1.20
            12  grace/日本語の部品  it is not  $12.00
            """);
  }

  @Test
  void what_matters_less_goes_first_and_then_long_cells_are_cut() {
    table().print(person(37, false));
    assertThat(out.toString())
        .isEqualTo(
            """
            NO  NAME                  COST
             7  ada/engine           $1.20
            12  grace/日本語の部品  $12.00
            """);

    out.getBuffer().setLength(0);
    table().print(person(20, false));
    assertThat(out.toString())
        .isEqualTo(
            """
            NO  NAME
             7  ada/engine
            12  …ce/日本語の部品
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 20, 22, 30, 37, 40, 60, 200})
  void no_line_is_wider_than_the_screen(int width) {
    assertThat(table().lines(person(width, false)))
        .hasSize(3)
        .allMatch(line -> TextWidth.of(line) <= width);
  }

  @Test
  void a_program_gets_every_field_as_it_is() {
    table().print(new Terminal(new PrintWriter(out, true), new PrintWriter(out), false, false, 10));

    assertThat(out.toString())
        .isEqualTo("7\tada/engine\tfine\t1.2\n12\tgrace/日本語の部品\tit is not\t12\n");
  }

  @Test
  void colours_take_no_room() {
    Table table = new Table(Column.of("A"), Column.of("B"));
    table.row(Cell.of("x").in(Tone.GOOD), Cell.of("y"));

    assertThat(table.lines(person(10, true)))
        .containsExactly("\u001b[1mA\u001b[0m  \u001b[1mB\u001b[0m", "\u001b[32mx\u001b[0m  y");
  }

  @Test
  void hostile_text_is_one_harmless_line() {
    Table table = new Table(Column.of("A"));
    table.row(Cell.of("a\nb\u001b[31m\tc"));

    assertThat(table.lines(person(40, true))).last().isEqualTo("a b\uFFFD[31m c");
  }

  @Test
  void a_row_has_as_many_cells_as_there_are_columns() {
    Table table = new Table(Column.of("A"));

    assertThatThrownBy(() -> table.row(Cell.of("a"), Cell.of("b")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "ada/engine, 10, ada/engine, ada/engine",
    "ada/engine, 5,  ada/…,      …gine",
    "日本語,      6,  日本語,      日本語",
    "日本語,      5,  日本…,       …本語",
    "日本語,      4,  日…,         …語",
    "é,         1,  é,          é",
  })
  void a_text_is_cut_by_what_it_takes_on_the_screen(
      String text, int columns, String atEnd, String atStart) {
    assertThat(TextWidth.cutEnd(text, columns)).isEqualTo(atEnd);
    assertThat(TextWidth.cutStart(text, columns)).isEqualTo(atStart);
  }

  private static Table table() {
    Table table =
        new Table(
            Column.of("NO").right(),
            Column.of("NAME").cut(Cut.START),
            Column.of("SAID").cut(Cut.END).goes(2),
            Column.of("COST").right().goes(1));
    table.row(Cell.of("7"), Cell.of("ada/engine"), Cell.of("fine"), Cell.of("$1.20", "1.2"));
    table.row(
        Cell.of("12"), Cell.of("grace/日本語の部品"), Cell.of("it is not"), Cell.of("$12.00", "12"));
    return table;
  }

  private Terminal person(int width, boolean isColoured) {
    return new Terminal(
        new PrintWriter(out, true), new PrintWriter(out, true), true, isColoured, width);
  }
}
