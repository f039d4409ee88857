package dev.knight.publish;

import java.time.Duration;

/**
 * One of the project's checks, as the host ran it.
 *
 * @param command what was run
 * @param passed whether it exited with 0 in time
 * @param result {@code passed}, {@code exit code 1}, {@code timed out}
 * @param took how long it ran
 * @param output the end of what it printed, standard error included
 */
public record Check(String command, boolean passed, String result, Duration took, String output) {}
