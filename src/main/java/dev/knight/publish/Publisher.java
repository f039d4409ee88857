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
import dev.knight.github.PullRequest;
import dev.knight.github.Waiter;
import dev.knight.job.Effect;
import dev.knight.job.Effect.Kind;
import dev.knight.job.Effect.State;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.LeaseLostException;
import dev.knight.job.Mention;
import dev.knight.job.RefusedException;
import dev.knight.job.RefusedHost;
import dev.knight.publish.PullRequestText.Commits;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
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
  private final EffectLog log;
  private final PullRequests pullRequests;
  private final InstantSource clock;

  /**
   * Everything that is shown goes through {@code outgoing}. Where a call was not answered, {@code
   * waiter} lets as much time pass as GitHub's lists may be behind.
   */
  public Publisher(
      GitHub github,
      JobStore store,
      OutgoingText outgoing,
      PublishSettings settings,
      InstantSource clock,
      Waiter waiter) {
    this.github = github;
    this.store = store;
    this.text = new PullRequestText(outgoing, settings);
    this.log = new EffectLog(store, clock, settings);
    this.pullRequests = new PullRequests(github, log, waiter);
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
   * @throws LeaseLostException when the job was called off meanwhile
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
    Marker marker = Marker.of("pull", request);
    Effect push = store.plan(job.id(), Kind.PUSH, branch.value(), clock.instant());
    Optional<PullRequest> earlier = pullRequests.earlier(job, branch);
    if (earlier.filter(PullRequest::merged).isPresent()) {
      return merged(earlier.get(), push, mirror, snapshot);
    }
    log.mustBeCurrent(job);
    Commit head = push(job, push, mirror, worktree, branch, snapshot, contribution);
    Commits commits = new Commits(head, mirror.fork(worktree.base(), base));
    PullRequest pullRequest = open(job, earlier, branch, base, contribution, commits, marker);
    pullRequests.settle(job, branch, pullRequest);
    return new Published(pullRequest.link(), pullRequest.draft());
  }

  /** A person merged it before its job could end. That is the end, unless there is more by now. */
  private static Published merged(
      PullRequest pullRequest, Effect push, Mirror mirror, Snapshot snapshot) {
    boolean whole =
        push.externalId()
            .filter(pullRequest.headSha()::equals)
            .filter(commit -> mirror.holds(new Commit(commit), snapshot.tree()))
            .isPresent();
    if (!whole) {
      throw new RefusedException(
          "The pull request %s was merged before I had finished. Ask me again for what is missing."
              .formatted(pullRequest.link()));
    }
    return new Published(pullRequest.link(), false);
  }

  private Commit push(
      Job job,
      Effect effect,
      Mirror mirror,
      Worktree worktree,
      BranchName branch,
      Snapshot snapshot,
      Contribution contribution) {
    Optional<Commit> before = effect.externalId().map(Commit::new);
    // After a crash the agent's words may be others, and the work is the same all the same.
    Commit commit =
        before
            .filter(made -> mirror.holds(made, snapshot.tree()))
            .orElseGet(() ->
                mirror.commit(snapshot, draft(job, worktree.base(), branch, effect, contribution)));
    if (before.isEmpty()) {
      settle(effect, State.INTENT, commit.id());
    }
    Push push = mirror.push(commit, branch);
    if (push instanceof Push.Moved && before.isPresent()) {
      commit = mirror.commit(snapshot, draft(job, before.get(), branch, effect, contribution));
      settle(effect, State.INTENT, commit.id());
      push = mirror.push(commit, branch);
    }
    switch (push) {
      case Push.Pushed _, Push.AlreadyThere _ -> settle(effect, State.DONE, commit.id());
      case Push.Moved(Commit remote) ->
          throw new RefusedException(
              "Somebody else pushed to `%s` (it is at %s now), and I do not overwrite people's commits."
                  .formatted(branch.value(), remote.id().substring(0, 10)));
    }
    return commit;
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
      Job job,
      Optional<PullRequest> earlier,
      BranchName branch,
      BranchName base,
      Contribution contribution,
      Commits commits,
      Marker marker) {
    boolean onIssue = github.pullRequest(job.subject()).isEmpty();
    Duration took = Duration.between(job.createdAt(), clock.instant());
    List<RefusedHost> refused = RefusedHost.in(store.events(job.id(), 0));
    String body = text.body(job, contribution, commits, refused, onIssue, took, marker);
    PullRequest pullRequest =
        earlier.orElseGet(() ->
            pullRequests.open(
                job,
                branch,
                new NewPullRequest(
                    text.title(contribution),
                    body,
                    branch.value(),
                    base.value(),
                    !contribution.passed())));
    return onIssue && !pullRequest.body().contains(marker.text())
        ? github.editPullRequest(pullRequest.subject(), body)
        : pullRequest;
  }

  private Author author() {
    Account me = github.me();
    return new Author(me.login(), me.id() + "+" + me.login() + "@users.noreply.github.com");
  }

  private void settle(Effect effect, State state, String commit) {
    store.settle(effect.as(state, Optional.of(commit), Optional.empty()));
  }
}
