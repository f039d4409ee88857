package dev.knight.api;

import org.jspecify.annotations.Nullable;

/**
 * Other words for a convention.
 *
 * @param rule one sentence
 */
public record RuleRequest(@Nullable String rule) {}
