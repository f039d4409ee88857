package dev.knight.github;

import dev.knight.job.Subject;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A review of a pull request.
 *
 * @param id GitHub's number for it
 * @param nodeId GitHub's node id, unique among all things
 * @param subject the pull request
 * @param author who wrote it, or empty when the account is gone
 * @param state GitHub's word for what it says: {@code APPROVED}, {@code CHANGES_REQUESTED}, {@code
 *     COMMENTED}, {@code DISMISSED} or {@code PENDING}
 * @param body its text, at most {@link Comment#MAX_TEXT} characters; may be empty
 * @param link the page that shows it
 * @param submittedAt when it was submitted, if it was
 */
public record Review(
    long id,
    String nodeId,
    Subject subject,
    Optional<Account> author,
    String state,
    String body,
    URI link,
    Optional<Instant> submittedAt)
    implements Listed {

  @Override
  public Instant createdAt() {
    return submittedAt.orElse(Instant.EPOCH);
  }

  /** GitHub tells of no later time. */
  @Override
  public Instant updatedAt() {
    return createdAt();
  }
}
