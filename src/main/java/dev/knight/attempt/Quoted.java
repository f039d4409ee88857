package dev.knight.attempt;

/**
 * A text that the agent gets to read as data.
 *
 * @param author the login of who wrote it, or the name of the file
 * @param role what they are to the repository, as {@code writer} or {@code reporter}, or {@code
 *     notes}
 * @param words what they wrote
 */
record Quoted(String author, String role, String words) {}
