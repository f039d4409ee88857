package dev.knight.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FiguresTest {
  @ParameterizedTest
  @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 kB", "1550000, 1.6 MB", "80400000000, 80 GB"})
  void sizes_have_two_digits(long bytes, String text) {
    assertThat(Figures.bytes(bytes)).isEqualTo(text);
  }

  @Test
  void money_has_cents_and_numbers_have_their_thousands_apart() {
    assertThat(Figures.money(new BigDecimal("0.125"))).isEqualTo("$0.13");
    assertThat(Figures.money(new BigDecimal("1E+2"))).isEqualTo("$100.00");
    assertThat(Figures.count(1234567)).isEqualTo("1,234,567");
  }
}
