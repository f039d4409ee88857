package dev.knight.job;

import java.util.Locale;

/**
 * How far an attempt has come, in order. {@link #REVIEW} and {@link #VERIFY} may go back to {@link
 * #IMPLEMENT}.
 */
public enum Step {
  /** The mirror is fetched, the worktree made, the setup command run. */
  PREPARE,
  /** pi reads and makes a plan; only where one was asked for. */
  PLAN,
  /** pi works on the request. */
  IMPLEMENT,
  /** A fresh, read-only session judges the change. */
  REVIEW,
  /** The host runs the project's checks. */
  VERIFY,
  /** Commit, push, pull request. */
  PUBLISH,
  /** The status comment is final and the requester is tagged. */
  REPORT;

  /** The word that people read: in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
