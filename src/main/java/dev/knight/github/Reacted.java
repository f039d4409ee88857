package dev.knight.github;

import java.time.Instant;

/**
 * Somebody's reaction.
 *
 * @param by who gave it
 * @param at when, by GitHub's clock, in whole seconds
 */
public record Reacted(Account by, Instant at) {}
