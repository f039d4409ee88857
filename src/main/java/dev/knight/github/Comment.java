package dev.knight.github;

import dev.knight.job.Subject;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A comment in a conversation, or on a line of a pull request.
 *
 * @param id GitHub's number for it
 * @param nodeId GitHub's node id, unique among all things
 * @param subject the issue or pull request that it stands under
 * @param author who wrote it, or empty when the account is gone
 * @param body its text, at most {@link #MAX_TEXT} characters
 * @param link the page that shows it
 * @param createdAt when it was written
 * @param updatedAt when it was last edited
 */
public record Comment(
    long id,
    String nodeId,
    Subject subject,
    Optional<Account> author,
    String body,
    URI link,
    Instant createdAt,
    Instant updatedAt)
    implements Listed {

  /** GitHub's own limit for the text of a comment, an issue or a pull request. */
  public static final int MAX_TEXT = 65_536;
}
