package dev.knight.github;

import java.util.OptionalLong;

/**
 * A comment on a line of a pull request.
 *
 * @param comment what was written
 * @param review the number of the review that it is part of
 * @param commit the head of the branch that its writer looked at
 * @param path the file, as the change names it
 * @param line where in it, from 1; empty if that line is not there any more, or the file is meant
 * @param hunk what of the change it stands on, as a piece of a diff; may be cut
 * @param inReplyTo the number of the first comment of its thread, if it is an answer
 */
public record LineComment(
    Comment comment,
    long review,
    String commit,
    String path,
    OptionalLong line,
    String hunk,
    OptionalLong inReplyTo) {

  /** The number of the first comment of its thread. */
  public long thread() {
    return inReplyTo.orElse(comment.id());
  }
}
