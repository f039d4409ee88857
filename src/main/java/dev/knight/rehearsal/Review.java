package dev.knight.rehearsal;

import java.time.Instant;

/**
 * A review of a pull request.
 *
 * @param body may be empty
 * @param commit the head that was reviewed
 */
public record Review(
    long id,
    long number,
    Account author,
    Opinion opinion,
    String body,
    String commit,
    Instant submittedAt) {

  /** What the reviewer said, in GitHub's words. */
  public enum Opinion {
    APPROVED,
    CHANGES_REQUESTED,
    COMMENTED,
    DISMISSED
  }
}
