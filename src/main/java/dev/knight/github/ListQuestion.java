package dev.knight.github;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * What a list is asked for: what changed at or after a time, oldest change first, up to 100 of
 * them.
 *
 * @param since the time, by GitHub's clock, to the second
 * @param etag the entity tag of the last answer to exactly this question
 * @param verbatim the address of a further page, as {@link Page.Items#next} gave it; it is asked
 *     instead
 */
public record ListQuestion(Instant since, Optional<String> etag, Optional<URI> verbatim) {

  /** What changed at or after {@code since}. */
  public static ListQuestion since(Instant since) {
    return new ListQuestion(since, Optional.empty(), Optional.empty());
  }

  /** The same, if the answer has changed since {@code etag}. */
  public ListQuestion unless(Optional<String> etag) {
    return new ListQuestion(since, etag, verbatim);
  }

  /** The page at {@code address}, of the same question. */
  public ListQuestion at(URI address) {
    return new ListQuestion(since, Optional.empty(), Optional.of(address));
  }
}
