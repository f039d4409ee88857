package dev.knight.git;

import java.time.Duration;

/**
 * How far git may go.
 *
 * @param silence the longest wait for a byte from the other side; at least a second
 * @param time the longest fetch, push or reading of a worktree
 * @param fileBytes the largest file that is published
 * @param changedBytes the most bytes of new content in one snapshot
 * @param changedFiles the most files that one snapshot adds, modifies or deletes
 * @param files the most files that a base or a snapshot may have, ignored ones not counted
 */
public record GitLimits(
    Duration silence,
    Duration time,
    long fileBytes,
    long changedBytes,
    int changedFiles,
    int files) {

  /** What GitHub and common sense set: GitHub refuses a file over 100 MiB (its error GH001). */
  public static GitLimits standard() {
    return new GitLimits(
        Duration.ofSeconds(60), Duration.ofMinutes(15), 100L << 20, 1L << 30, 20_000, 1_000_000);
  }

  /** For who looks on: what takes longer, or is more than anybody reads, is not shown. */
  static GitLimits ofLook() {
    return new GitLimits(
        Duration.ofSeconds(1), Duration.ofSeconds(10), 100L << 20, 64L << 20, 2_000, 200_000);
  }
}
