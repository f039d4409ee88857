package dev.knight.github;

/**
 * A check of a commit by an App; each job of GitHub Actions is one.
 *
 * @param id GitHub's number for it; for a job of Actions the job's as well
 * @param app the App's short name, as {@code github-actions}; empty if it is not told
 * @param name its name; another run of the same check has the same
 * @param conclusion how it stands
 * @param said what it says of itself: title, summary and text, cut
 */
public record CheckRun(long id, String app, String name, Conclusion conclusion, String said) {
  /** The App by which GitHub's own Actions run. */
  public static final String ACTIONS = "github-actions";
}
