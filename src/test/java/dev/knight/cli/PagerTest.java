package dev.knight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PagerTest {
  @TempDir Path directory;

  private final StringWriter out = new StringWriter();

  @Test
  void the_environment_chooses_it() {
    assertThat(Pager.of(Map.of())).contains(new Pager(List.of("less"), Map.of("LESS", "FRX")));
    assertThat(Pager.of(Map.of("PAGER", "most -w", "LESS", "R")))
        .contains(new Pager(List.of("most", "-w"), Map.of()));
    assertThat(Pager.of(Map.of("PAGER", "most", "KNIGHT_PAGER", ""))).isEmpty();
    assertThat(Pager.of(Map.of("PAGER", "cat"))).isEmpty();
    assertThat(Pager.of(Map.of("TERM", "dumb"))).isEmpty();
  }

  @Test
  void what_fits_on_the_screen_starts_no_pager() {
    terminal(List.of(directory.resolve("missing").toString()), 10).paged(to -> lines(to, 9));

    assertThat(out.toString().lines()).hasSize(9);
  }

  @Test
  void what_does_not_fit_goes_to_the_pager_and_nowhere_else() throws IOException {
    Path pages = directory.resolve("pages");

    terminal(into(pages), 10).paged(to -> lines(to, 300));

    assertThat(Files.readString(pages)).isEqualTo("a line\n".repeat(300));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void long_lines_take_several_rows() throws IOException {
    Path pages = directory.resolve("pages");

    terminal(into(pages), 10).paged(to -> to.out().println("x".repeat(801)));

    assertThat(pages).exists();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void a_pager_that_is_not_there_costs_nothing_but_the_pages() {
    terminal(List.of(directory.resolve("missing").toString()), 10).paged(to -> lines(to, 300));

    assertThat(out.toString().lines()).hasSize(300);
  }

  @Test
  void a_pager_that_is_left_early_is_no_error() {
    terminal(List.of("true"), 10).paged(to -> lines(to, 100_000));

    assertThat(out.toString()).isEmpty();
  }

  /** A pager that shows nothing. */
  private static List<String> into(Path pages) {
    return List.of("sh", "-c", "cat > \"$0\"", pages.toString());
  }

  private static void lines(Terminal to, int count) {
    for (int i = 0; i < count; i++) {
      to.out().println("a line");
    }
  }

  private Terminal terminal(List<String> pager, int rows) {
    return new Terminal(
        new BufferedReader(Reader.nullReader()),
        new PrintWriter(out, true),
        new PrintWriter(out, true),
        true,
        false,
        Screen.of(80, rows),
        Optional.of(new Pager(pager, Map.of())));
  }
}
