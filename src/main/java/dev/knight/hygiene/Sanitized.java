package dev.knight.hygiene;

/**
 * A text that says what its page shows, and nothing else.
 *
 * @param text the text
 * @param removed what was left out of it
 */
public record Sanitized(String text, Removed removed) {}
