package dev.knight.dashboard;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * A time on a page. The script of the page turns it into how long ago that is.
 *
 * @param iso for programs
 * @param text for people without a script
 */
record Moment(String iso, String text) {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  static Moment of(Instant at) {
    return new Moment(at.truncatedTo(ChronoUnit.SECONDS).toString(), MINUTES.format(at));
  }
}
