package dev.knight.github;

import java.time.Instant;

/**
 * Somebody's reaction.
 *
 * @param id GitHub's number for it: one that is taken back and given again is another
 * @param by who gave it
 * @param how what was given
 * @param at when, by GitHub's clock, in whole seconds
 */
public record Reacted(long id, Account by, Reaction how, Instant at) {}
