package dev.knight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AmountsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"0, $0.00", "0.0001, <$0.01", "0.125, $0.13", "5, $5.00", "1234.5, $1234.50"})
  void a_sum_has_cents(BigDecimal sum, String said) {
    assertThat(Amounts.usd(sum)).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT59S, 59 s",
    "PT60S, 1 min",
    "PT59M59S, 59 min",
    "PT1H, 1 h",
    "PT1H5M9S, 1 h 5 min",
    "PT24H, 1 d",
    "PT51H, 2 d 3 h",
    "PT-5S, 0 s"
  })
  void a_time_has_its_two_largest_units(Duration time, String said) {
    assertThat(Amounts.time(time)).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, just now",
    "PT12S, 12 s ago",
    "PT3M50S, 3 min ago",
    "PT5H59M, 5 h ago",
    "PT25H, 1 day ago",
    "P3D, 3 days ago",
    "P40D, 2026-10-13",
    "PT-4S, at once",
    "PT-3M, in 3 min"
  })
  void a_moment_is_told_from_now(Duration since, String said) {
    assertThat(Amounts.ago(NOW.minus(since), NOW)).isEqualTo(said);
  }
}
