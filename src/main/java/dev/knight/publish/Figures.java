package dev.knight.publish;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Writes sums and times as people read them. */
final class Figures {
  private Figures() {}

  /** {@code $0.12}; what is less than a cent but not nothing is {@code under $0.01}. */
  static String usd(BigDecimal sum) {
    BigDecimal cents = sum.setScale(2, RoundingMode.HALF_UP);
    return cents.signum() == 0 && sum.signum() > 0 ? "under $0.01" : "$" + cents;
  }

  /** {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s}. */
  static String time(Duration took) {
    long seconds = took.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
    return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
  }
}
