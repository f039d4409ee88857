package dev.knight.publish;

import dev.knight.git.BranchName;
import dev.knight.github.GitHub;
import dev.knight.github.NewPullRequest;
import dev.knight.github.Opening;
import dev.knight.github.PullRequest;
import dev.knight.github.Waiter;
import dev.knight.job.Effect;
import dev.knight.job.Effect.Kind;
import dev.knight.job.Effect.State;
import dev.knight.job.Job;
import dev.knight.job.RefusedException;
import dev.knight.job.Subject;
import dev.knight.job.UnavailableException;
import java.time.Duration;
import java.util.Optional;

/**
 * The one pull request of a job. GitHub lets a branch have one open one; that a person closed it is
 * GitHub's to say as well, so it is asked before anything is made.
 */
final class PullRequests {
  private final GitHub github;
  private final EffectLog log;
  private final Waiter waiter;

  PullRequests(GitHub github, EffectLog log, Waiter waiter) {
    this.github = github;
    this.log = log;
    this.waiter = waiter;
  }

  /**
   * The pull request that is there for {@code branch}: open, or merged by a person. Waits until
   * what an earlier call may have made can be seen.
   *
   * @throws RefusedException when a person closed it, or when it is somebody else's
   */
  Optional<PullRequest> earlier(Job job, BranchName branch) {
    Effect effect = effect(job, branch);
    if (effect.state() == State.UNKNOWN) {
      await(log.untilKnown(effect));
    }
    Optional<PullRequest> numbered = github.pullRequest(job.subject()).or(() -> made(effect, job));
    return numbered
        .or(() -> github.pullRequest(job.subject().repository(), branch.value()))
        // A job's branch is one that no pull request was closed of before the job had it.
        .filter(found -> found.open() || isOwn(found))
        .map(this::usable);
  }

  /** A look by number is never behind. */
  private Optional<PullRequest> made(Effect effect, Job job) {
    return effect
        .externalId()
        .map(number -> new Subject(job.subject().repository(), Long.parseLong(number)))
        .flatMap(github::pullRequest);
  }

  private PullRequest usable(PullRequest found) {
    if (!found.open() && !found.merged()) {
      throw new RefusedException(
          "The pull request %s was closed. I leave it so, and open no other."
              .formatted(found.link()));
    }
    if (!isOwn(found)) {
      throw new RefusedException(
          "There is a pull request for this branch already, and it is not mine: " + found.link());
    }
    return found;
  }

  /** Opens it. A call whose answer is lost is made a second time only if it made nothing. */
  PullRequest open(Job job, BranchName branch, NewPullRequest wanted) {
    try {
      return call(job, branch, wanted);
    } catch (UnavailableException open) {
      if (open.retryAt().isPresent() || Thread.currentThread().isInterrupted()) {
        throw open;
      }
      return earlier(job, branch).orElseGet(() -> call(job, branch, wanted));
    }
  }

  private PullRequest call(Job job, BranchName branch, NewPullRequest wanted) {
    log.mustBeCurrent(job);
    Effect begun = log.begin(effect(job, branch));
    Opening opening = log.call(begun, () -> github.open(job.subject().repository(), wanted));
    return switch (opening) {
      case Opening.Created(PullRequest created) -> created;
      case Opening.Adopted(PullRequest adopted) -> usable(adopted);
      case Opening.NothingToMerge() -> {
        log.settle(begun, State.GIVEN_UP);
        throw new RefusedException(
            "`%s` has the change already: there is nothing to merge.".formatted(wanted.base()));
      }
    };
  }

  /** {@code pullRequest} is the job's. */
  void settle(Job job, BranchName branch, PullRequest pullRequest) {
    log.done(effect(job, branch), pullRequest.subject().number(), pullRequest.link());
  }

  private Effect effect(Job job, BranchName branch) {
    return log.planned(job.id(), Kind.PULL_REQUEST, branch.value());
  }

  private boolean isOwn(PullRequest pullRequest) {
    long own = github.me().id();
    return pullRequest.author().filter(author -> author.id() == own).isPresent();
  }

  private void await(Duration wait) {
    try {
      waiter.await(wait);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("Publishing was called off.", stop);
    }
  }
}
