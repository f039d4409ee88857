package dev.knight.api;

/**
 * The body of every answer that is not what was asked for.
 *
 * @param error one sentence for a person
 */
public record Problem(String error) {}
