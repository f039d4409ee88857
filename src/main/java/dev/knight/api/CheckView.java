package dev.knight.api;

/**
 * One of the project's checks, as knight ran it on what the agent made.
 *
 * @param command what was run
 * @param passed whether it exited with 0 in time
 * @param result {@code passed}, {@code exit code 1}, {@code timed out}
 * @param seconds how long it ran
 * @param output the end of what it printed
 */
public record CheckView(
    String command, boolean passed, String result, double seconds, String output) {}
