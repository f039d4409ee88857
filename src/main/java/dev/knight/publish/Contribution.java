package dev.knight.publish;

import java.util.List;

/**
 * A finished change and how it came about: what the pull request tells.
 *
 * @param title one line
 * @param summary what changed and why, in the agent's words
 * @param reviewed whether a self-review was held
 * @param findings what it found
 * @param checks the last run of the project's checks; empty if it has none
 */
public record Contribution(
    String title, String summary, boolean reviewed, List<Finding> findings, List<Check> checks) {
  public Contribution {
    findings = List.copyOf(findings);
    checks = List.copyOf(checks);
  }

  /** Whether every check passed. */
  public boolean passed() {
    return checks.stream().allMatch(Check::passed);
  }
}
