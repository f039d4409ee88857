package dev.knight.rehearsal;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a job of the stand-in's Actions does, in place of a file in {@code .github/workflows}: told
 * a commit, it says how the job ends.
 */
@FunctionalInterface
public interface Workflow {
  /** Runs the job. */
  Built run(Build build);

  /**
   * What a job is run on.
   *
   * @param commit the commit that was pushed
   * @param branch where it was pushed to
   * @param attempt from 1; a re-run has the next number
   * @param files the text of a file at that commit
   */
  record Build(
      String commit, String branch, int attempt, Function<String, Optional<String>> files) {}

  /**
   * How a job or another check stands.
   *
   * @param conclusion in GitHub's word; empty while it runs
   * @param step the step that decided
   * @param log what that step printed, or what another check says of itself
   */
  record Built(Optional<String> conclusion, String step, String log) {
    /** It passed. */
    public static Built passed() {
      return concluded("success", "");
    }

    /** A step failed, having printed {@code log}. */
    public static Built failed(String step, String log) {
      return new Built(Optional.of("failure"), step, log);
    }

    /** It ended with another of GitHub's words. */
    public static Built concluded(String conclusion, String log) {
      return new Built(Optional.of(conclusion), "Run tests", log);
    }

    /** It runs until somebody ends it. */
    public static Built running() {
      return new Built(Optional.empty(), "Run tests", "");
    }

    boolean isFailed() {
      return conclusion.filter(word -> !word.matches("success|neutral|skipped")).isPresent();
    }
  }
}
