package dev.knight.publish;

import java.util.List;
import java.util.Optional;

/**
 * A finished change and how it came about: what the pull request tells.
 *
 * @param title one line
 * @param story what its author says of it
 * @param message what its commit says
 * @param reviewed whether a self-review was held
 * @param findings what it found
 * @param checks the last run of the project's checks; empty if it has none
 * @param proof what its tests say of the code before it, if it is called a fix
 * @param release who let it through, if it was held
 * @param audience who is to see it
 */
public record Contribution(
    String title,
    Story story,
    CommitMessage message,
    boolean reviewed,
    List<Finding> findings,
    List<Check> checks,
    Optional<Proof> proof,
    Optional<Release> release,
    Audience audience) {
  public Contribution {
    findings = List.copyOf(findings);
    checks = List.copyOf(checks);
  }

  /** One that is summed up in a few words, and whose commit says what its title says. */
  public Contribution(
      String title,
      String summary,
      boolean reviewed,
      List<Finding> findings,
      List<Check> checks,
      Optional<Release> release) {
    this(
        title,
        Story.of(summary),
        CommitMessage.of(title),
        reviewed,
        findings,
        checks,
        Optional.empty(),
        release,
        Audience.NONE);
  }

  /**
   * Who is to see a change, as its repository wants it.
   *
   * @param labels what the pull request is labelled with
   * @param reviewers who is asked to review it: logins, and teams as {@code owner/team}
   */
  public record Audience(List<String> labels, List<String> reviewers) {
    /** Nobody in particular. */
    public static final Audience NONE = new Audience(List.of(), List.of());

    public Audience {
      labels = List.copyOf(labels);
      reviewers = List.copyOf(reviewers);
    }
  }

  /**
   * What a commit says, before anything is made harmless in it.
   *
   * @param subject its first line
   * @param body the paragraphs below; mostly empty
   */
  public record CommitMessage(String subject, String body) {
    /** One without a body. */
    public static CommitMessage of(String subject) {
      return new CommitMessage(subject, "");
    }
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

  /** Whether nothing fails that did not fail before. */
  public boolean passed() {
    return checks.stream().noneMatch(Check::isRegression);
  }
}
