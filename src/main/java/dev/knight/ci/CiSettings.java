package dev.knight.ci;

import java.time.Duration;

/**
 * How the checks of pull requests are watched.
 *
 * @param enabled whether they are
 * @param interval from one look to the next while something runs; ten times as long when nothing
 *     moves
 * @param settle how long nothing may have changed before what is there is believed: some checks
 *     begin late
 * @param rounds how often red checks may wake a job before a person has said something
 */
public record CiSettings(boolean enabled, Duration interval, Duration settle, int rounds) {}
