package dev.knight.publish;

import dev.knight.git.Author;
import dev.knight.git.BranchName;
import dev.knight.git.Commit;
import dev.knight.git.Draft;
import dev.knight.git.Mirror;
import dev.knight.git.Push;
import dev.knight.git.Snapshot;
import dev.knight.git.Worktree;
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
import dev.knight.job.Person;
import dev.knight.job.RefusedException;
import dev.knight.job.RefusedHost;
import dev.knight.publish.PullRequestText.Commits;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
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
  private final Introduction introduction;
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
    this.introduction = new Introduction(github, store, log, clock);
    this.clock = clock;
  }

  /**
   * What was published.
   *
   * @param link the pull request's page
   * @param draft whether it says that it is not ready
   */
  public record Published(URI link, boolean draft) {}

  /** Whether {@code job} has a pull request by now, whatever became of it. */
  public boolean hasPublished(Job job) {
    return store.effects(job.id()).stream()
        .anyMatch(effect -> effect.kind() == Kind.PULL_REQUEST && effect.state() == State.DONE);
  }

  /**
   * Publishes exactly {@code snapshot}.
   *
   * @throws BranchMovedException when somebody else pushed to the branch
   * @throws RefusedException when somebody closed the pull request
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
    String message = text.message(job, contribution, coAuthor(job, request));
    Author me = author(github.me().person(), request);
    Making making = new Making(branch, me, push.plannedAt(), message);
    Commit head = push(push, mirror, worktree, snapshot, making);
    Commits commits = new Commits(head, mirror.fork(worktree.base(), base));
    PullRequest pullRequest = open(job, earlier, branch, base, contribution, commits, marker);
    pullRequests.settle(job, branch, pullRequest);
    introduction.of(job, pullRequest, contribution.audience());
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

  /** The commit that is made, but for its parent. */
  private record Making(BranchName branch, Author author, Instant at, String message) {
    /**
     * The same every time for one effect, so that a commit that was pushed before a crash is found
     * again.
     */
    Draft on(Commit parent, Optional<Commit> joined) {
      return new Draft(parent, joined, branch, author, at, message);
    }
  }

  private Commit push(
      Effect effect, Mirror mirror, Worktree worktree, Snapshot snapshot, Making making) {
    BranchName branch = making.branch();
    Optional<Commit> before = effect.externalId().map(Commit::new);
    // After a crash the agent's words may be others, and the work is the same all the same.
    Commit commit =
        before
            .filter(made -> mirror.holds(made, snapshot.tree()))
            .orElseGet(() -> {
              Commit parent = parent(effect, worktree);
              return mirror.commit(snapshot, making.on(parent, joined(mirror, worktree, parent)));
            });
    // On record first, or a push that got through unheard would be taken for somebody else's. Where
    // one may have done so already, that one has to be known.
    boolean next = effect.state() == State.DONE && !before.equals(Optional.of(commit));
    if (before.isEmpty() || next) {
      settle(effect, State.INTENT, commit.id());
    }
    Push push = mirror.push(commit, branch);
    if (push instanceof Push.Moved(Commit remote) && before.isPresent()) {
      // What never got through is nothing to stand on.
      Commit last = mirror.isIn(remote, before.get()) ? remote : before.get();
      commit = mirror.commit(snapshot, making.on(last, joined(mirror, worktree, last)));
      settle(effect, State.INTENT, commit.id());
      push = mirror.push(commit, branch);
    }
    switch (push) {
      case Push.Pushed _, Push.AlreadyThere _ -> settle(effect, State.DONE, commit.id());
      case Push.Moved(Commit remote) -> throw new BranchMovedException(branch, remote);
    }
    return commit;
  }

  /** What was pushed before, or taken over from people, is what more stands on. */
  private static Commit parent(Effect effect, Worktree worktree) {
    return effect
        .externalId()
        .filter(_ -> effect.state() == State.DONE)
        .map(Commit::new)
        .orElse(worktree.base());
  }

  /** The base as it has moved, if the files are on it and what they stand on is not. */
  private static Optional<Commit> joined(Mirror mirror, Worktree worktree, Commit parent) {
    return Optional.of(worktree.base()).filter(base -> !mirror.isIn(base, parent));
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
    // One that it has had since it was opened is its people's to write as they like.
    if (onIssue && !hasPublished(job) && !pullRequest.body().contains(marker.text())) {
      return github.editPullRequest(pullRequest.subject(), body);
    }
    String corrected =
        text.measuredAnew(text.corrected(pullRequest.body(), contribution), contribution, commits);
    return corrected.equals(pullRequest.body())
        ? pullRequest
        : github.editPullRequest(pullRequest.subject(), corrected);
  }

  /** The requester, unless that is the account that commits: the operator, by hand. */
  private Optional<Author> coAuthor(Job job, Mention request) {
    return job.requester().id() == github.me().id()
        ? Optional.empty()
        : Optional.of(author(job.requester(), request));
  }

  /** The address that GitHub has for each account, on the host where the request stands. */
  private static Author author(Person person, Mention request) {
    String host = String.valueOf(request.link().getHost());
    String domain =
        host.matches("(?i)[a-z0-9-]+(\\.[a-z0-9-]+)*\\.[a-z]{2,}") ? host : "github.com";
    return new Author(
        person.login(),
        person.id() + "+" + person.login() + "@users.noreply." + domain.toLowerCase(Locale.ROOT));
  }

  private void settle(Effect effect, State state, String commit) {
    store.settle(effect.as(state, Optional.of(commit), Optional.empty()));
  }
}
