package dev.knight.publish;

import dev.knight.git.Author;
import dev.knight.git.BranchName;
import dev.knight.git.Commit;
import dev.knight.git.Draft;
import dev.knight.git.Mirror;
import dev.knight.git.Push;
import dev.knight.git.Snapshot;
import dev.knight.git.Worktree;
import dev.knight.github.Account;
import dev.knight.github.GitHub;
import dev.knight.github.NewPullRequest;
import dev.knight.github.Opening;
import dev.knight.github.PullRequest;
import dev.knight.job.Effect;
import dev.knight.job.Effect.Kind;
import dev.knight.job.Effect.State;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.Mention;
import dev.knight.job.RefusedException;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Commits, pushes and opens the one pull request of a branch. Each of the three finds what it made
 * before.
 */
@Singleton
public final class Publisher {
  private final GitHub github;
  private final JobStore store;
  private final PullRequestText text;
  private final InstantSource clock;

  /** Everything that is shown goes through {@code outgoing}. */
  public Publisher(GitHub github, JobStore store, OutgoingText outgoing, InstantSource clock) {
    this.github = github;
    this.store = store;
    this.text = new PullRequestText(outgoing);
    this.clock = clock;
  }

  /**
   * What was published.
   *
   * @param link the pull request's page
   * @param draft whether it says that it is not ready
   */
  public record Published(URI link, boolean draft) {}

  /**
   * Publishes exactly {@code snapshot}.
   *
   * @throws RefusedException when somebody else pushed to the branch, or closed the pull request
   */
  public Published publish(
      Job job,
      Mirror mirror,
      Worktree worktree,
      BranchName branch,
      BranchName base,
      Snapshot snapshot,
      Contribution contribution,
      Mention request) {
    push(job, mirror, worktree, branch, snapshot, contribution);
    PullRequest pullRequest = open(job, branch, base, contribution, request);
    return new Published(pullRequest.link(), pullRequest.draft());
  }

  private void push(
      Job job,
      Mirror mirror,
      Worktree worktree,
      BranchName branch,
      Snapshot snapshot,
      Contribution contribution) {
    Effect effect = store.plan(job.id(), Kind.PUSH, branch.value(), clock.instant());
    Optional<Commit> before = effect.externalId().map(Commit::new);
    Commit commit =
        mirror.commit(snapshot, draft(job, worktree.base(), branch, effect, contribution));
    if (before.isEmpty()) {
      settle(effect, State.INTENT, commit.id(), Optional.empty());
    }
    Push push = mirror.push(commit, branch);
    if (push instanceof Push.Moved && before.isPresent()) {
      commit = mirror.commit(snapshot, draft(job, before.get(), branch, effect, contribution));
      push = mirror.push(commit, branch);
    }
    switch (push) {
      case Push.Pushed _, Push.AlreadyThere _ ->
          settle(effect, State.DONE, commit.id(), Optional.empty());
      case Push.Moved(Commit remote) ->
          throw new RefusedException(
              "Somebody else pushed to `%s` (it is at %s now), and I do not overwrite people's commits."
                  .formatted(branch.value(), remote.id().substring(0, 10)));
    }
  }

  /**
   * The same every time for one effect, so that a commit that was pushed before a crash is found
   * again.
   */
  private Draft draft(
      Job job, Commit parent, BranchName branch, Effect effect, Contribution contribution) {
    String message =
        text.title(contribution) + "\n\nAsked for in #" + job.subject().number() + ".\n";
    return new Draft(parent, branch, author(), effect.plannedAt(), message);
  }

  private PullRequest open(
      Job job, BranchName branch, BranchName base, Contribution contribution, Mention request) {
    Effect effect = store.plan(job.id(), Kind.PULL_REQUEST, branch.value(), clock.instant());
    boolean onIssue = github.pullRequest(job.subject()).isEmpty();
    Duration took = Duration.between(job.createdAt(), clock.instant());
    String body = text.body(job, contribution, onIssue, took, Marker.of("pull", request));
    Optional<PullRequest> earlier = github.pullRequest(job.subject().repository(), branch.value());
    if (earlier.isPresent() && !earlier.get().open() && effect.externalId().isPresent()) {
      throw new RefusedException("The pull request %s was closed.".formatted(earlier.get().link()));
    }
    PullRequest pullRequest =
        earlier
            .filter(PullRequest::open)
            .orElseGet(() -> create(job, branch, base, contribution, body));
    if (onIssue && !pullRequest.body().contains(Marker.of("pull", request).text())) {
      pullRequest = rewrite(pullRequest, body);
    }
    settle(
        effect,
        State.DONE,
        Long.toString(pullRequest.subject().number()),
        Optional.of(pullRequest.link()));
    return pullRequest;
  }

  private PullRequest rewrite(PullRequest pullRequest, String body) {
    long own = github.me().id();
    if (pullRequest.author().filter(author -> author.id() == own).isEmpty()) {
      throw new RefusedException(
          "There is a pull request for this branch already, and it is not mine: "
              + pullRequest.link());
    }
    return github.editPullRequest(pullRequest.subject(), body);
  }

  private PullRequest create(
      Job job, BranchName branch, BranchName base, Contribution contribution, String body) {
    NewPullRequest wanted =
        new NewPullRequest(
            text.title(contribution), body, branch.value(), base.value(), !contribution.passed());
    return switch (github.open(job.subject().repository(), wanted)) {
      case Opening.Created(PullRequest created) -> created;
      case Opening.Adopted(PullRequest adopted) -> adopted;
      case Opening.NothingToMerge() ->
          throw new RefusedException(
              "`%s` has the change already: there is nothing to merge.".formatted(base.value()));
    };
  }

  private Author author() {
    Account me = github.me();
    return new Author(me.login(), me.id() + "+" + me.login() + "@users.noreply.github.com");
  }

  private void settle(Effect effect, State state, String externalId, Optional<URI> link) {
    store.settle(effect.as(state, Optional.of(externalId), link));
  }
}
