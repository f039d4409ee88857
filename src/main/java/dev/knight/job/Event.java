package dev.knight.job;

import java.time.Instant;

/**
 * One line of a job's story, for people.
 *
 * @param sequence its place in the story of all jobs; 0 until it is stored
 * @param job whose story it is
 * @param at when it happened
 * @param kind a stable word, as {@code accepted}, {@code step}, {@code prompt}, {@code review},
 *     {@code verify}, {@code effect}, {@code retry}, {@code finished}
 * @param text one plain sentence
 */
public record Event(long sequence, JobId job, Instant at, String kind, String text) {
  /** An event that is not stored yet. */
  public static Event of(JobId job, Instant at, String kind, String text) {
    return new Event(0, job, at, kind, text);
  }
}
