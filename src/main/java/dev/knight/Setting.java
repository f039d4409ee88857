package dev.knight;

/**
 * A value that the owner wrote.
 *
 * @param value the text, as written
 * @param place where it stands, for messages: a file and line, or an environment variable
 */
record Setting(String value, String place) {}
