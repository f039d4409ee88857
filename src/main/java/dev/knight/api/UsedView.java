package dev.knight.api;

import dev.knight.job.Spent;
import java.math.BigDecimal;

/**
 * What a job has used, beside what the service lets it use. Its repository may allow less.
 *
 * @param workedSeconds how long it was at work, over all its attempts
 * @param mostSeconds how long it may be
 * @param tokens what was read and written by its models
 * @param mostUsd how much money it may cost, in US dollars
 */
public record UsedView(long workedSeconds, long mostSeconds, long tokens, BigDecimal mostUsd) {
  /** The view of {@code spent}. */
  public static UsedView of(Spent spent, JobLimits limits) {
    return new UsedView(
        spent.time().toSeconds(),
        limits.time().toSeconds(),
        spent.inputTokens() + spent.outputTokens(),
        limits.usd());
  }
}
