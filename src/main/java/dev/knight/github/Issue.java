package dev.knight.github;

import dev.knight.job.Subject;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An issue or pull request.
 *
 * @param id GitHub's number among all issues; not the one in its address
 * @param nodeId GitHub's node id, unique among all things
 * @param subject its repository and the number in its address
 * @param body its text, at most {@link Comment#MAX_TEXT} characters
 * @param author who opened it, or empty when the account is gone
 * @param open whether it is not closed
 * @param locked whether only people with write access may comment
 * @param pullRequest whether it is a pull request
 * @param mergedAt when it was merged, if it is a pull request that was
 * @param labels the names of its labels
 * @param link its page
 * @param createdAt when it was opened
 * @param updatedAt when anything about it last changed
 */
public record Issue(
    long id,
    String nodeId,
    Subject subject,
    String title,
    String body,
    Optional<Account> author,
    boolean open,
    boolean locked,
    boolean pullRequest,
    Optional<Instant> mergedAt,
    Set<String> labels,
    URI link,
    Instant createdAt,
    Instant updatedAt)
    implements Listed {
  /** Keeps its own copy. */
  public Issue {
    labels = Set.copyOf(labels);
  }
}
