package dev.knight.git;

import java.time.Instant;
import java.util.Optional;

/**
 * All of a commit but its tree. The same draft and tree make the same commit, however often.
 *
 * @param parent what it stands on
 * @param joined what it takes in besides, if it does
 * @param branch the branch of the mirror that keeps the commit
 * @param author author and committer
 * @param at the time that the commit bears, cut to seconds
 * @param message as it stands
 */
public record Draft(
    Commit parent,
    Optional<Commit> joined,
    BranchName branch,
    Author author,
    Instant at,
    String message) {

  /** One with a single parent. */
  public Draft(Commit parent, BranchName branch, Author author, Instant at, String message) {
    this(parent, Optional.empty(), branch, author, at, message);
  }
}
