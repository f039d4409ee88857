package dev.knight.attempt;

import dev.knight.git.Snapshot;
import dev.knight.job.RefusedException;
import dev.knight.publish.Check;
import dev.knight.publish.Check.OnBase;
import dev.knight.publish.Proof;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what the tests of a fix say of the code before it: put there alone, they have to fail,
 * or they do not show what was mended.
 */
@Singleton
final class Proving {
  private final Baseline baseline;

  Proving(Baseline baseline) {
    this.baseline = baseline;
  }

  /**
   * Runs those {@code checks} that pass on the change, until one fails without it.
   *
   * @return empty if the change is not called a fix, or the repository has no checks
   */
  Optional<Proof> of(
      Workplace place,
      Answer answer,
      Snapshot snapshot,
      List<Check> checks,
      Budget budget,
      Progress progress) {
    if (!answer.fix() || checks.isEmpty()) {
      return Optional.empty();
    }
    try {
      List<String> tests = Tests.in(snapshot, place.config().handover().tests());
      return Optional.of(
          tests.isEmpty()
              ? new Proof.NoTests()
              : tried(place, snapshot, tests, checks, budget, progress));
    } catch (RefusedException | UncheckedIOException unfit) {
      progress.tell("verify", "The tests were not run without the change: " + unfit.getMessage());
      return Optional.empty();
    }
  }

  private Proof tried(
      Workplace place,
      Snapshot snapshot,
      List<String> tests,
      List<Check> checks,
      Budget budget,
      Progress progress) {
    boolean known = false;
    try (Baseline.Place before =
        baseline.at(
            place,
            snapshot.baseWith(tests),
            "the base with the tests of the change",
            budget,
            progress)) {
      for (Check check : checks.stream().filter(Check::passed).toList()) {
        Optional<OnBase> result = before.run(check.command());
        if (result.filter(it -> !it.passed()).isPresent()) {
          return new Proof.RedThenGreen(tests.size(), check.command(), result.get().result());
        }
        known = known || result.isPresent();
      }
    }
    return known ? new Proof.GreenBefore(tests.size()) : new Proof.Unknown(tests.size());
  }
}
