package dev.knight.attempt;

/**
 * A text that the agent gets to read as data.
 *
 * @param author the login of who wrote it
 * @param role what they are to the repository, as {@code writer} or {@code reporter}
 * @param words what they wrote
 */
record Quoted(String author, String role, String words) {}
