package dev.knight.rehearsal;

import java.time.Instant;
import java.util.Optional;

/**
 * A comment in a conversation, or on a line of a pull request.
 *
 * @param number the issue or pull request that it belongs to
 * @param line where it stands in the change; empty in the conversation
 */
public record Comment(
    long id,
    long number,
    Account author,
    String body,
    Instant createdAt,
    Instant updatedAt,
    Optional<Line> line) {

  /**
   * A place in a pull request's change.
   *
   * @param line from 1, in the file as the change leaves it
   * @param commit the commit that was looked at
   * @param review the review that it is part of
   * @param inReplyTo the first comment of the thread, if it is an answer
   */
  public record Line(String path, int line, String commit, long review, Optional<Long> inReplyTo) {}

  Comment edited(String newBody, Instant at) {
    return new Comment(id, number, author, newBody, createdAt, at, line);
  }
}
