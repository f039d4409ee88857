package dev.knight.job;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What a job has cost so far, as the model's provider counted it.
 *
 * @param inputTokens tokens read, cached ones included
 * @param outputTokens tokens written
 * @param usd money in US dollars
 * @param time how long it was at work, in whole milliseconds
 */
public record Spent(long inputTokens, long outputTokens, BigDecimal usd, Duration time) {
  /** Nothing yet. */
  public static final Spent NOTHING = new Spent(0, 0, BigDecimal.ZERO);

  /** What a million tokens read count as where no price is known: an open model's, sold cheaply. */
  private static final BigDecimal READ = new BigDecimal("0.25");

  /** The same for a million tokens written. */
  private static final BigDecimal WRITTEN = BigDecimal.ONE;

  /** Tokens and money, and no time. */
  public Spent(long inputTokens, long outputTokens, BigDecimal usd) {
    this(inputTokens, outputTokens, usd, Duration.ZERO);
  }

  /** Time alone. */
  public static Spent time(Duration time) {
    return new Spent(0, 0, BigDecimal.ZERO, Duration.ofMillis(time.toMillis()));
  }

  /**
   * What it counts as where money is limited: its money, or, where the provider has no price, its
   * tokens at the price of a cheap model. It is shown to nobody as money.
   */
  public BigDecimal counted() {
    if (usd.signum() > 0) {
      return usd;
    }
    return READ.multiply(BigDecimal.valueOf(inputTokens))
        .add(WRITTEN.multiply(BigDecimal.valueOf(outputTokens)))
        .movePointLeft(6);
  }

  /** The greater of this and {@code other}, each figure by itself. */
  public Spent orMore(Spent other) {
    return new Spent(
        Math.max(inputTokens, other.inputTokens),
        Math.max(outputTokens, other.outputTokens),
        usd.max(other.usd),
        time.compareTo(other.time) < 0 ? other.time : time);
  }

  /** This and {@code more} together. */
  public Spent plus(Spent more) {
    return new Spent(
        inputTokens + more.inputTokens,
        outputTokens + more.outputTokens,
        usd.add(more.usd),
        time.plus(more.time));
  }

  /** What this is more than {@code less}. */
  public Spent minus(Spent less) {
    return new Spent(
        inputTokens - less.inputTokens,
        outputTokens - less.outputTokens,
        usd.subtract(less.usd),
        time.minus(less.time));
  }
}
