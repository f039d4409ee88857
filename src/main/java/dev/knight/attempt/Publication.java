package dev.knight.attempt;

import dev.knight.git.Author;
import dev.knight.git.BranchName;
import dev.knight.git.Mirrors;
import dev.knight.git.Snapshot;
import dev.knight.job.Assumption;
import dev.knight.job.Hold;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.RefusedException;
import dev.knight.memory.Memory;
import dev.knight.policy.Objection;
import dev.knight.policy.Policy;
import dev.knight.publish.Check;
import dev.knight.publish.CheckLine;
import dev.knight.publish.CommitStyle;
import dev.knight.publish.Contribution;
import dev.knight.publish.Contribution.Audience;
import dev.knight.publish.Contribution.CommitMessage;
import dev.knight.publish.Contribution.Release;
import dev.knight.publish.Publisher;
import dev.knight.publish.Publisher.Published;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  private final Policy policy;
  private final Sizes sizes;
  private final Memory memory;
  private final JobStore store;

  Publication(Publisher publisher, Mirrors mirrors, Policy policy, Memory memory, JobStore store) {
    this.publisher = publisher;
    this.mirrors = mirrors;
    this.policy = policy;
    this.sizes = new Sizes(policy, publisher, store);
    this.memory = memory;
    this.store = store;
  }

  /**
   * Commits what the worktree of {@code job} holds to a branch of the mirror; see {@link
   * Attempt#keep}.
   */
  Optional<String> keep(Job job) {
    try {
      return mirrors
          .worktree(job.subject().repository(), job.id())
          .flatMap(worktree -> worktree.keep(HERE, job.updatedAt(), message("Unfinished", job)))
          .map(BranchName::value);
    } catch (RefusedException | UncheckedIOException unfit) {
      LOG.warnf(
          "job=%s What it made cannot be committed and stays in its worktree: %s",
          job.id(), unfit.getMessage());
      return Optional.empty();
    }
  }

  private static String message(String state, Job job) {
    return "%s: %s\n\nJob %s of knight, asked for in #%d.\n"
        .formatted(
            state, job.title().strip().replaceAll("\\s+", " "), job.id(), job.subject().number());
  }

  /** Whether {@code job} has a pull request by now. */
  boolean isPublished(Job job) {
    return publisher.hasPublished(job);
  }

  /** Publishes exactly what the checks have seen, or holds it for a person to see it first. */
  Outcome publish(Workplace place, Polished polished, Implementer implementer, Progress progress) {
    Job job = progress.job();
    Snapshot snapshot = polished.snapshot();
    List<Objection> objections =
        new ArrayList<>(policy.judge(snapshot, place.config().protectedPaths()));
    Optional<Objection> size = sizes.of(place, snapshot, job);
    size.ifPresent(objections::add);
    if (!objections.isEmpty() && !job.mayPublish(snapshot.tree())) {
      String split = size.map(it -> implementer.split(snapshot.tree(), it.why())).orElse("");
      return HeldWork.of(job, snapshot, objections, kept(place, snapshot, job), split);
    }
    return published(place, polished, release(job, objections), progress);
  }

  /** Who let it through, if anybody had to. */
  private static Optional<Release> release(Job job, List<Objection> objections) {
    return objections.isEmpty()
        ? Optional.empty()
        : job.hold()
            .flatMap(Hold::releasedBy)
            .map(who -> new Release(who, HeldWork.lines(objections)));
  }

  private static Optional<BranchName> kept(Workplace place, Snapshot snapshot, Job job) {
    return place.worktree().keep(snapshot, HERE, job.updatedAt(), message("Held", job));
  }

  private Outcome published(
      Workplace place, Polished polished, Optional<Release> release, Progress progress) {
    Job job = progress.job();
    Answer answer = polished.answer();
    String title = answer.title().isBlank() ? place.brief().title() : answer.title();
    Contribution contribution =
        new Contribution(
            title,
            answer.story().assuming(assumed(job)),
            message(answer, title, place.style()),
            polished.reviewed(),
            polished.findings(),
            polished.checks(),
            polished.proof(),
            release,
            new Audience(
                place.config().handover().labels(), place.config().handover().reviewers()));
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
    memory.used(job.subject().repository(), answer.goneBy());
    progress.tell("effect", "Pull request " + published.link());
    if (published.draft() && job.mandate().since().isEmpty()) {
      progress.tell(CheckLine.DRAFT, "It is a draft, since not all checks pass");
    }
    return new Outcome.Published(
        published.link(), published.draft(), reason(contribution, place.note()));
  }

  /** In the repository's own style; what its author has no line for is called as it is titled. */
  private static CommitMessage message(Answer answer, String title, CommitStyle style) {
    String[] said = answer.commit().strip().split("\\R", 2);
    String subject = style.subject(said[0].isBlank() ? title : said[0], answer.fix());
    String below = said.length == 1 ? answer.story().why() : said[1];
    return new CommitMessage(subject, style.body() ? below.strip() : "");
  }

  private List<String> assumed(Job job) {
    return store.assumptions(job.id()).stream()
        .filter(Assumption::holds)
        .map(one -> "%s %s".formatted(one.question(), one.assumed()))
        .toList();
  }

  private static String reason(Contribution contribution, String note) {
    return Stream.of(contribution.title(), checked(contribution.checks()), note)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("\n\n"));
  }

  private static String checked(List<Check> checks) {
    if (checks.isEmpty()) {
      return "The repository names no checks, so none were run.";
    }
    long failed = checks.stream().filter(check -> !check.passed()).count();
    long old = failed - checks.stream().filter(Check::isRegression).count();
    if (failed == 0) {
      return "All checks passed.";
    }
    String sentence =
        "%d of %d checks failed, see the pull request.".formatted(failed, checks.size());
    return old == 0
        ? sentence
        : sentence
            + " %s before the change, too."
                .formatted(old == failed ? "All of them did" : old + " of them did");
  }
}
