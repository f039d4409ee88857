package dev.knight.publish;

import java.util.List;
import java.util.Optional;

/**
 * A finished change and how it came about: what the pull request tells.
 *
 * @param title one line
 * @param summary what changed and why, in the agent's words
 * @param reviewed whether a self-review was held
 * @param findings what it found
 * @param checks the last run of the project's checks; empty if it has none
 * @param release who let it through, if it was held
 */
public record Contribution(
    String title,
    String summary,
    boolean reviewed,
    List<Finding> findings,
    List<Check> checks,
    Optional<Release> release) {
  public Contribution {
    findings = List.copyOf(findings);
    checks = List.copyOf(checks);
  }

  /**
   * A change that was held, and that a person let through.
   *
   * @param by their login, or the command that did it
   * @param held what they were shown, a sentence each
   */
  public record Release(String by, List<String> held) {
    public Release {
      held = List.copyOf(held);
    }
  }

  /** Whether every check passed. */
  public boolean passed() {
    return checks.stream().allMatch(Check::passed);
  }
}
