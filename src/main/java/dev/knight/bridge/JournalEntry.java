package dev.knight.bridge;

import java.time.Instant;

/**
 * One line of a journal.
 *
 * @param seq grows by one from line to line, over restarts too
 * @param at when
 * @param fact what
 */
public record JournalEntry(long seq, Instant at, Fact fact) {}
