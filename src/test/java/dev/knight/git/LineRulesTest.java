package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LineRulesTest {
  private static LineRules read(String file) {
    return LineRules.NONE.with("", bytes(file));
  }

  private static byte[] bytes(String file) {
    return file.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void a_byte_order_mark_is_no_part_of_the_first_rule() throws Exception {
    assertThat(read("\ufeff*.bat text eol=crlf\n").of("run.bat")).isEqualTo(LineEndings.CRLF);
    assertThat(IgnoreRules.of(null, "", List.of(bytes("\ufeffout\n"))).ignores("out", false))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[:alpha:]", "[:digit]", "a[:upper:]*", "src/[:alpha:].txt", "![:alpha:]"})
  void a_class_of_letters_without_brackets_of_its_own_is_no_rule(String pattern) throws Exception {
    assertThat(read("[attr]%1$s text\n%1$s text\n".formatted(pattern)).own()).isEmpty();
    assertThat(IgnoreRules.of(null, "", List.of(bytes(pattern))).ignores("src/a.txt", false))
        .isFalse();
  }

  @Test
  void a_class_of_letters_in_brackets_is_one() {
    assertThat(read("[[:alpha:]_].txt text\n").of("a.txt")).isEqualTo(LineEndings.LF);
    assertThat(read("[_[:alpha:][:digit:]].txt text\n").of("1.txt")).isEqualTo(LineEndings.LF);
  }

  @Test
  void what_is_too_dear_is_no_rule_in_quotes_either() {
    assertThat(read("\"%s\" text\n".formatted("\\052a".repeat(50))).own()).isEmpty();
    assertThat(read("\"\\133:alpha:]\" text\n").own()).isEmpty();
  }
}
