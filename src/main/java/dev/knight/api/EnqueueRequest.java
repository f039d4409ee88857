package dev.knight.api;

import java.util.Optional;

/**
 * A request by hand.
 *
 * @param url the page of the issue or pull request
 * @param text what is wanted; without it, what the issue says
 * @param key what makes it happen once: the same request with the same key is not made again
 */
public record EnqueueRequest(String url, Optional<String> text, Optional<String> key) {
  /** Longer requests are refused, in characters: GitHub takes no longer comment either. */
  public static final int LONGEST = 65_536;

  /** The same under {@code other}, unless it has a key. */
  public EnqueueRequest under(String other) {
    return new EnqueueRequest(url, text, key.or(() -> Optional.of(other)));
  }
}
