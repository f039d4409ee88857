package dev.knight.github;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One answer to a {@link ListQuestion}. */
public sealed interface Page<T> {

  /** How many items a full page has: the most that GitHub gives. */
  int FULL = 100;

  /** Nothing has changed since the entity tag was given out. */
  record NotModified<T>() implements Page<T> {}

  /**
   * Some of the list.
   *
   * @param items oldest change first
   * @param etag the entity tag of this answer
   * @param answeredAt when GitHub answered, by its own clock
   * @param next the address of the next page of the same question
   */
  record Items<T>(List<T> items, Optional<String> etag, Instant answeredAt, Optional<URI> next)
      implements Page<T> {

    public Items {
      items = List.copyOf(items);
    }

    /** Whether there may be more. */
    public boolean isFull() {
      return items.size() >= FULL;
    }
  }

  /**
   * The repository cannot be read, now or for long: it is not there or not shown (404), its list is
   * turned off (410), or it is blocked (451).
   *
   * @param reason one sentence
   */
  record Unreadable<T>(String reason) implements Page<T> {}
}
