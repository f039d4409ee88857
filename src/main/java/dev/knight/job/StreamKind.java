package dev.knight.job;

/** The lists of a repository that intake polls. */
public enum StreamKind {
  ISSUES,
  ISSUE_COMMENTS,
  REVIEW_COMMENTS
}
