package dev.knight.api;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What the service lets a job use.
 *
 * @param time at work
 * @param usd money in US dollars
 */
public record JobLimits(Duration time, BigDecimal usd) {}
