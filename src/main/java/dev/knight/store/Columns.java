package dev.knight.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a column can hold of a value from outside. */
final class Columns {
  /** The width of {@code event.text}. */
  static final int EVENT = 4_000;

  /** The width of {@code job.reason}. */
  static final int REASON = 8_000;

  /** The width of the columns of {@code remark} that name its place. */
  static final int PATH = 4_100;

  /** The width of {@code job.held_diff}. */
  static final int DIFF = 8_000;

  /** The width of {@code assumption.question} and of what is assumed. */
  static final int QUESTION = 2_000;

  /** The width of every column for who did something. */
  static final int PERSON = 100;

  /** The width of every column for a title. */
  static final int TITLE = 300;

  /** The width of every column for a link. */
  static final int LINK = 2_000;

  /** The width of {@code mention.text}: 64 Ki, and room for the note that it was cut. */
  static final int TEXT = 66_000;

  /** GitHub takes 64 Ki, and knight's marker is to follow; {@code reply.body} has more room. */
  static final int REPLY = 60_000;

  private Columns() {}

  /**
   * {@code text} in at most {@code width} characters. A longer one ends with a note of how much is
   * missing. NUL is left out, since PostgreSQL keeps none.
   */
  static String text(String text, int width) {
    String clean = text.replace("\0", "");
    if (clean.length() <= width) {
      return clean;
    }
    String note = "\n[cut: it had %d characters]".formatted(clean.length());
    return head(clean, width - note.length()) + note;
  }

  /** {@code text} as one line of at most {@code width} characters, with … where it was cut. */
  static String line(String text, int width) {
    String flat = text(text, TEXT).strip().replaceAll("\\s+", " ");
    return flat.length() <= width ? flat : head(flat, width - 1) + "…";
  }

  /** {@code usd} without the zeros that the column adds, so that equal costs are equal. */
  static BigDecimal money(BigDecimal usd) {
    BigDecimal plain = usd.stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }

  /** {@code time} as the database gives it back: in whole microseconds. */
  static Instant time(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  private static String head(String text, int length) {
    boolean splitsPair = Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, splitsPair ? length - 1 : length);
  }
}
