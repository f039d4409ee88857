package dev.knight.attempt;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What a job may use.
 *
 * @param time from its first step to its last
 * @param usd money for the model, in US dollars
 * @param stall how long pi may say nothing while it works
 * @param reviewRounds how often a review's findings go back to the implementer
 * @param verifyRounds how often failed checks go back to the implementer
 */
public record Limits(
    Duration time, BigDecimal usd, Duration stall, int reviewRounds, int verifyRounds) {}
