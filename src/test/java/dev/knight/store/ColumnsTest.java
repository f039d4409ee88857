package dev.knight.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ColumnsTest {

  @Test
  void a_text_that_fits_is_kept_whole() {
    assertThat(Columns.text("a\nb", 3)).isEqualTo("a\nb");
  }

  @Test
  void a_longer_text_fits_exactly_and_says_that_it_was_cut() {
    String cut = Columns.text("x".repeat(500), 100);

    assertThat(cut).hasSize(100).startsWith("xxx").endsWith("[cut: it had 500 characters]");
  }

  @Test
  void no_character_is_cut_in_half() {
    String cut = Columns.line("👀".repeat(50), 10);

    assertThat(cut).isEqualTo("👀👀👀👀…");
  }

  @Test
  void a_line_has_no_breaks() {
    assertThat(Columns.line("  please\r\n\n mend\tit ", 100)).isEqualTo("please mend it");
  }

  @Test
  void the_character_that_postgresql_cannot_keep_is_left_out() {
    assertThat(Columns.text("a\0b", 10)).isEqualTo("ab");
  }
}
