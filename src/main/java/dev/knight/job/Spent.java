package dev.knight.job;

import java.math.BigDecimal;

/**
 * What a job has cost so far, as the model's provider counted it.
 *
 * @param inputTokens tokens read, cached ones included
 * @param outputTokens tokens written
 * @param usd money in US dollars
 */
public record Spent(long inputTokens, long outputTokens, BigDecimal usd) {
  /** Nothing yet. */
  public static final Spent NOTHING = new Spent(0, 0, BigDecimal.ZERO);

  /** This and {@code more} together. */
  public Spent plus(Spent more) {
    return new Spent(
        inputTokens + more.inputTokens, outputTokens + more.outputTokens, usd.add(more.usd));
  }

  /** What this is more than {@code less}. */
  public Spent minus(Spent less) {
    return new Spent(
        inputTokens - less.inputTokens, outputTokens - less.outputTokens, usd.subtract(less.usd));
  }
}
