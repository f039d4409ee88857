package dev.knight.attempt;

import dev.knight.git.Author;
import dev.knight.git.BranchName;
import dev.knight.git.Change;
import dev.knight.git.Mirrors;
import dev.knight.job.Job;
import dev.knight.job.RefusedException;
import dev.knight.publish.Contribution;
import dev.knight.publish.Publisher;
import dev.knight.publish.Publisher.Published;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Lets out what an attempt came to, if the repository's own rules allow it, and keeps at home what
 * does not get out.
 */
@Singleton
final class Publication {
  private static final Logger LOG = Logger.getLogger(Publication.class);

  /** No account of GitHub's: the commit is made here and goes nowhere by itself. */
  private static final Author HERE = new Author("knight", "knight@localhost");

  private final Publisher publisher;
  private final Mirrors mirrors;

  Publication(Publisher publisher, Mirrors mirrors) {
    this.publisher = publisher;
    this.mirrors = mirrors;
  }

  /**
   * Commits what the worktree of {@code job} holds to a branch of the mirror; see {@link
   * Attempt#keep}.
   */
  Optional<String> keep(Job job) {
    try {
      return mirrors
          .worktree(job.subject().repository(), job.id())
          .flatMap(worktree -> worktree.keep(HERE, job.updatedAt(), message(job)))
          .map(BranchName::value);
    } catch (RefusedException | UncheckedIOException unfit) {
      LOG.warnf(
          "job=%s What it made cannot be committed and stays in its worktree: %s",
          job.id(), unfit.getMessage());
      return Optional.empty();
    }
  }

  private static String message(Job job) {
    return "Unfinished: %s\n\nJob %s of knight, asked for in #%d.\n"
        .formatted(job.title().strip().replaceAll("\\s+", " "), job.id(), job.subject().number());
  }

  Outcome publish(Workplace place, Polished polished, Progress progress) {
    refuseProtected(place.config().protectedPaths(), polished.snapshot().changes());
    Job job = progress.job();
    Answer answer = polished.answer();
    Contribution contribution =
        new Contribution(
            answer.title().isBlank() ? place.brief().title() : answer.title(),
            answer.summary(),
            polished.reviewed(),
            polished.findings(),
            polished.checks());
    Published published =
        publisher.publish(
            job,
            place.mirror(),
            place.worktree(),
            place.branch(),
            place.base(),
            polished.snapshot(),
            contribution,
            place.brief().request());
    progress.tell("effect", "Pull request " + published.link());
    return new Outcome.Published(
        published.link(), published.draft(), reason(contribution, place.note()));
  }

  private static String reason(Contribution contribution, String note) {
    long failed = contribution.checks().stream().filter(check -> !check.passed()).count();
    String checks =
        contribution.checks().isEmpty()
            ? "The repository names no checks, so none were run."
            : failed == 0
                ? "All checks passed."
                : "%d of %d checks failed, see the pull request."
                    .formatted(failed, contribution.checks().size());
    return Stream.of(contribution.title(), checks, note)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("\n\n"));
  }

  private static void refuseProtected(List<String> globs, List<Change> changes) {
    for (String glob : globs) {
      PathMatcher matcher = matcher(glob);
      for (Change change : changes) {
        if (matcher.matches(Path.of(change.path()))) {
          throw new RefusedException(
              "The change touches `%s`, which .knight.yml protects (`%s`). Nothing was pushed."
                  .formatted(change.path(), glob));
        }
      }
    }
  }

  private static PathMatcher matcher(String glob) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException broken) {
      throw new RefusedException(
          "`%s` under `protected` in .knight.yml is not a glob. Nothing was pushed."
              .formatted(glob),
          broken);
    }
  }
}
