package dev.knight.attempt;

import dev.knight.git.BranchName;
import dev.knight.git.Commit;
import dev.knight.git.Mirror;
import dev.knight.github.GitHub;
import dev.knight.github.PullRequest;
import dev.knight.github.Repository;
import dev.knight.job.Job;
import dev.knight.job.JobKind;
import dev.knight.job.RefusedException;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Decides which branch a job works on and what it starts from. */
@Singleton
final class Branches {
  private final GitHub github;

  Branches(GitHub github) {
    this.github = github;
  }

  /**
   * A job's branch.
   *
   * @param name the branch that is pushed
   * @param start the commit that the work is based on
   * @param base the branch that the pull request goes to
   */
  record Choice(BranchName name, Commit start, BranchName base) {}

  /**
   * What a job works on that changes nothing is never pushed. Otherwise: on a pull request of
   * knight's own, its branch. On an issue, the branch of the pull request that knight has open for
   * it, and otherwise a new one from the base.
   */
  Choice choose(Job job, Repository repository, RepositoryConfig config, Mirror mirror) {
    Optional<PullRequest> subject = github.pullRequest(job.subject());
    if (Inquiry.isOne(job)) {
      return looked(job, subject, repository, config, mirror);
    }
    if (subject.isPresent()) {
      return own(subject.get(), repository, mirror);
    }
    BranchName base = new BranchName(config.base().orElse(repository.defaultBranch()));
    BranchName plain = BranchName.of(job.subject().number(), job.title());
    BranchName name = job.branch().map(BranchName::new).orElse(plain);
    Optional<PullRequest> opened = github.pullRequest(repository.name(), name.value());
    if (opened.filter(this::isOwn).filter(PullRequest::open).isPresent()) {
      return own(opened.get(), repository, mirror);
    }
    boolean taken =
        job.branch().isEmpty() && (opened.isPresent() || mirror.branchHead(name).isPresent());
    BranchName free = taken ? new BranchName(plain.value() + "-" + job.id()) : name;
    return new Choice(free, head(mirror, base), base);
  }

  /** What is only read: the head of a pull request, wherever it lies, or the base. */
  private static Choice looked(
      Job job,
      Optional<PullRequest> subject,
      Repository repository,
      RepositoryConfig config,
      Mirror mirror) {
    if (subject.isEmpty() && job.kind() == JobKind.REVIEW) {
      throw new RefusedException(
          "There is no pull request here that I could review. Ask me under the one that you mean.");
    }
    if (subject.filter(pull -> !pull.open()).isPresent() && job.kind() == JobKind.REVIEW) {
      throw new RefusedException("This pull request is not open any more.");
    }
    BranchName base =
        new BranchName(
            subject.map(PullRequest::baseRef).or(config::base).orElse(repository.defaultBranch()));
    Commit start =
        subject
            .map(pull -> mirror.pull(pull.subject().number()))
            .orElseGet(() -> head(mirror, base));
    return new Choice(base, start, base);
  }

  private Choice own(PullRequest pullRequest, Repository repository, Mirror mirror) {
    boolean here = pullRequest.headRepository().equals(Optional.of(repository.name()));
    if (!isOwn(pullRequest) || !here) {
      throw new RefusedException(
          "I work on issues, and on pull requests that I opened myself; this one is somebody else's.");
    }
    if (!pullRequest.open()) {
      throw new RefusedException("This pull request is not open any more. Ask me in an issue.");
    }
    BranchName name = new BranchName(pullRequest.headRef());
    return new Choice(name, head(mirror, name), new BranchName(pullRequest.baseRef()));
  }

  private boolean isOwn(PullRequest pullRequest) {
    long own = github.me().id();
    return pullRequest.author().filter(author -> author.id() == own).isPresent();
  }

  private static Commit head(Mirror mirror, BranchName branch) {
    return mirror
        .branchHead(branch)
        .orElseThrow(() ->
            new RefusedException(
                "The repository has no branch named `%s`.".formatted(branch.value())));
  }
}
