package dev.knight.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times, sums and sizes as people read them. */
final class Amounts {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd");
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
  private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final long MINUTE_S = 60;
  private static final long HOUR_S = 60 * MINUTE_S;
  private static final long DAY_S = 24 * HOUR_S;
  private static final long NOT_LONG = 10;
  private static final long MOST_DAYS = 30;

  private Amounts() {}

  /** {@code $0.12}; what is less than a cent but not nothing is {@code <$0.01}. */
  static String usd(BigDecimal sum) {
    BigDecimal cents = sum.setScale(2, RoundingMode.HALF_UP);
    return cents.signum() == 0 && sum.signum() > 0 ? "<$0.01" : "$" + cents;
  }

  /** {@code 12 s}, {@code 3 min}, {@code 1 h 5 min}, {@code 2 d 3 h}. */
  static String time(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < MINUTE_S) {
      return seconds + " s";
    }
    if (seconds < HOUR_S) {
      return seconds / MINUTE_S + " min";
    }
    return seconds < DAY_S
        ? pair(seconds / HOUR_S, "h", seconds % HOUR_S / MINUTE_S, "min")
        : pair(seconds / DAY_S, "d", seconds % DAY_S / HOUR_S, "h");
  }

  /** {@code just now}, {@code 3 min ago}, {@code in 5 h}; after a month it is the day. */
  static String ago(Instant at, Instant now) {
    Duration since = Duration.between(at, now);
    if (since.abs().toDays() > MOST_DAYS) {
      return DAY.format(at.atZone(ZoneId.systemDefault()));
    }
    if (since.abs().toSeconds() < NOT_LONG) {
      return since.isNegative() ? "at once" : "just now";
    }
    return since.isNegative() ? "in " + one(since.abs()) : one(since) + " ago";
  }

  /** The minute, on the clock of who reads it. */
  static String minute(Instant at) {
    return MINUTE.format(at.atZone(ZoneId.systemDefault()));
  }

  /** The time of the day, on the clock of who reads it. */
  static String clock(Instant at) {
    return SECOND.format(at.atZone(ZoneId.systemDefault()));
  }

  /** {@code 1,234}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String one(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < HOUR_S) {
      return time(time);
    }
    return seconds < DAY_S ? seconds / HOUR_S + " h" : days(seconds / DAY_S);
  }

  private static String days(long days) {
    return days == 1 ? "1 day" : days + " days";
  }

  private static String pair(long many, String unit, long rest, String smaller) {
    return many + " " + unit + (rest == 0 ? "" : " " + rest + " " + smaller);
  }
}
