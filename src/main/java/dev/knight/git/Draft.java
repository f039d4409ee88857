package dev.knight.git;

import java.time.Instant;

/**
 * All of a commit but its tree. The same draft and tree make the same commit, however often.
 *
 * @param parent the only parent
 * @param branch the branch of the mirror that keeps the commit
 * @param author author and committer
 * @param at the time that the commit bears, cut to seconds
 * @param message as it stands
 */
public record Draft(Commit parent, BranchName branch, Author author, Instant at, String message) {}
