package dev.knight.attempt;

import dev.knight.attempt.BaselineRecord.Run;
import dev.knight.git.Commit;
import dev.knight.git.Worktree;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import dev.knight.job.UnavailableException;
import dev.knight.overlay.Sight;
import dev.knight.publish.Check;
import dev.knight.publish.Check.OnBase;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs checks on code that is not the change's: what it was made from, alone or with its tests. It
 * does so in a second worktree, from a clean checkout, with the repository's setup, in the same
 * jail as all checks; each at most once for one tree. It only tells what it found: that something
 * could not be run is no reason to keep a change back.
 */
@Singleton
final class Baseline {
  /** This part of the time that a job has left, at most, for all that is tried out at once. */
  private static final int PART = 4;

  private final Shell shell;
  private final BaselineRecord record;

  Baseline(Shell shell, BaselineRecord record) {
    this.shell = shell;
    this.record = record;
  }

  /** The same checks; those that failed with how they end on what the change was made from. */
  List<Check> compare(Workplace place, List<Check> checks, Budget budget, Progress progress) {
    if (checks.stream().allMatch(Check::passed)) {
      return checks;
    }
    List<Check> compared = new ArrayList<>();
    Commit fork = place.mirror().fork(place.worktree().base(), place.base());
    try (Place base = new Place(place, fork, "the base", budget, progress)) {
      for (Check check : checks) {
        compared.add(check.passed() ? check : check.comparedWith(base.run(check.command())));
      }
    }
    return List.copyOf(compared);
  }

  /** Opens a place to run checks on {@code commit}, of which people are told as {@code name}. */
  Place at(Workplace place, Commit commit, String name, Budget budget, Progress progress) {
    return new Place(place, commit, name, budget, progress);
  }

  /** Where checks run on one commit. Nothing is made there before it is needed. */
  final class Place implements AutoCloseable {
    private final Workplace place;
    private final Commit commit;
    private final String name;
    private final Progress progress;
    private final RepositoryName repository;
    private final String tree;
    private final String setup;
    private Duration left;
    private Optional<Workplace> made = Optional.empty();
    private Optional<Sight> sight = Optional.empty();
    private boolean begun;
    private boolean unfit;

    private Place(Workplace place, Commit commit, String name, Budget budget, Progress progress) {
      this.place = place;
      this.commit = commit;
      this.name = name;
      this.progress = progress;
      this.repository = progress.job().subject().repository();
      this.tree = place.mirror().tree(commit);
      this.setup = place.config().setup().orElse("");
      this.left = budget.time().dividedBy(PART);
    }

    /** How {@code command} ends there; empty if that cannot be found out. */
    Optional<OnBase> run(String command) {
      Run run = new Run(tree, setup, command);
      Optional<OnBase> before = record.of(repository, run);
      if (before.isPresent() || unfit) {
        return before;
      }
      try {
        Optional<OnBase> result = ran(command);
        if (result.isPresent()) {
          record.keep(repository, run, result.get());
        }
        return result;
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
        throw new UnavailableException("The service is ending.", Optional.empty(), ended);
      } catch (IOException | UncheckedIOException | RefusedException failed) {
        unfit = true;
        progress.tell(
            "verify", "Nothing could be run on %s: %s".formatted(name, failed.getMessage()));
        return Optional.empty();
      }
    }

    private Optional<OnBase> ran(String command) throws IOException, InterruptedException {
      Optional<Workplace> there = made();
      if (there.isEmpty()) {
        return Optional.empty();
      }
      CommandRun run = run(command, there.get());
      progress.tell(
          "verify",
          "%s, on %s: %s in %d s".formatted(command, name, run.result(), run.took().toSeconds()));
      return run.isResult()
          ? Optional.of(new OnBase(run.passed(), run.result(), run.took()))
          : Optional.empty();
    }

    private Optional<Workplace> made() throws IOException, InterruptedException {
      if (made.isEmpty()) {
        begun = true;
        Worktree scratch = place.mirror().scratch(progress.job().id(), commit);
        sight = Optional.of(scratch.sight());
        made = Optional.of(place.in(scratch));
        unfit = !setup.isEmpty() && !run(setup, made.get()).passed();
        if (unfit) {
          progress.tell("verify", "The setup command does not pass on %s".formatted(name));
        }
      }
      return unfit ? Optional.empty() : made;
    }

    private CommandRun run(String command, Workplace there)
        throws IOException, InterruptedException {
      CommandRun run = shell.run(command, there, left, progress);
      left = left.minus(run.took());
      if (left.compareTo(Duration.ofSeconds(1)) < 0) {
        left = Duration.ofSeconds(1);
        unfit = true;
      }
      return run;
    }

    @Override
    public void close() {
      sight.ifPresent(Sight::close);
      if (begun) {
        place.mirror().removeScratch(progress.job().id());
      }
    }
  }
}
