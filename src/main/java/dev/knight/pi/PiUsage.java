package dev.knight.pi;

import java.math.BigDecimal;

/**
 * What one answer of the model used. All zero until the provider has reported, and for an answer
 * that was cut off.
 *
 * @param input tokens read, without the cached ones
 * @param output tokens written, thoughts included
 * @param cacheRead tokens read from the provider's cache
 * @param cacheWrite tokens written to it
 * @param usd money in US dollars, from pi's price list
 */
public record PiUsage(long input, long output, long cacheRead, long cacheWrite, BigDecimal usd) {
  /** Nothing. */
  public static final PiUsage NONE = new PiUsage(0, 0, 0, 0, BigDecimal.ZERO);

  /** This and {@code more} together. */
  public PiUsage plus(PiUsage more) {
    return new PiUsage(
        input + more.input,
        output + more.output,
        cacheRead + more.cacheRead,
        cacheWrite + more.cacheWrite,
        usd.add(more.usd));
  }
}
