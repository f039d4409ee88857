package dev.knight.chaos;

import java.time.Instant;

/**
 * One kill, as it came about.
 *
 * @param at when the signal was sent
 * @param step the step of the job that it was meant for; {@code idle} where there was none
 */
record Blow(Strike strike, Instant at, String step) {}
