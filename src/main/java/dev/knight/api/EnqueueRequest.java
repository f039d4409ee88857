package dev.knight.api;

import java.util.Optional;

/**
 * A request by hand.
 *
 * @param url the page of the issue or pull request
 * @param text what is wanted; without it, what the issue says
 */
public record EnqueueRequest(String url, Optional<String> text) {
  /** Longer requests are refused, in characters: GitHub takes no longer comment either. */
  public static final int LONGEST = 65_536;
}
