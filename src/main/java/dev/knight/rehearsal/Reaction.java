package dev.knight.rehearsal;

import java.time.Instant;
import java.util.List;

/**
 * One account's reaction.
 *
 * @param content GitHub's word, such as {@code eyes} or {@code +1}
 */
public record Reaction(long id, Account author, String content, Instant createdAt) {
  /** GitHub's eight words. */
  static final List<String> CONTENTS =
      List.of("+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes");

  /** What can be reacted to: the kind and its id (for an issue, its number). */
  public record Target(Kind kind, long id) {}

  /** The kinds of things that can be reacted to. */
  public enum Kind {
    ISSUE,
    ISSUE_COMMENT,
    REVIEW_COMMENT
  }
}
