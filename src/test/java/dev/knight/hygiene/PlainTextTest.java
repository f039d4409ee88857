package dev.knight.hygiene;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlainTextTest {
  @Test
  void what_moves_hides_or_turns_is_replaced() {
    assertThat(PlainText.lines("a\u001b[2Jb\u009bc\u202ed\u2066e\u200bf\u0000g\rh"))
        .isEqualTo("a\uFFFD[2Jb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\uFFFDg\uFFFDh");
    assertThat(PlainText.lines(new String(Character.toChars(0xE0041)))).isEqualTo("\uFFFD");
  }

  @Test
  void what_people_write_stays() {
    String said = "naïve → 日本語 👩\u200D💻 ﷺ\n\tgenerics List<T>";

    assertThat(PlainText.lines(said)).isEqualTo(said);
    assertThat(PlainText.lines("a\r\nb")).isEqualTo("a\nb");
  }

  @Test
  void a_line_has_no_breaks() {
    assertThat(PlainText.line(" a\nb\u2028c\td ")).isEqualTo("a b\uFFFDc d");
  }
}
