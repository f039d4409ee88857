package dev.knight.api;

import java.util.Optional;

/**
 * Something that the agent of a job is to know.
 *
 * @param text what is said
 * @param by who says it, by the name that this machine knows them by
 */
public record SteerRequest(String text, Optional<String> by) {
  /** Longer ones are refused, in characters. */
  public static final int LONGEST = EnqueueRequest.LONGEST;
}
