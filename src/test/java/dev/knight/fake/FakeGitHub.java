package dev.knight.fake;

import dev.knight.github.Account;
import dev.knight.github.Change;
import dev.knight.github.Comment;
import dev.knight.github.GitHub;
import dev.knight.github.Issue;
import dev.knight.github.LineComment;
import dev.knight.github.ListQuestion;
import dev.knight.github.NewPullRequest;
import dev.knight.github.NewReview;
import dev.knight.github.Opening;
import dev.knight.github.Page;
import dev.knight.github.Permission;
import dev.knight.github.PullRequest;
import dev.knight.github.Quota;
import dev.knight.github.Reaction;
import dev.knight.github.Reactions;
import dev.knight.github.Repository;
import dev.knight.github.Review;
import dev.knight.github.ReviewThread;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import dev.knight.job.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * GitHub in memory, as knight's account sees it. Its lists show what was written only after a lag,
 * as GitHub's do; what is asked for by its number is there at once. One pull request is open for a
 * branch, and one reaction of a kind is on a text.
 */
public final class FakeGitHub implements GitHub {
  /** Who knight is. */
  public static final Account KNIGHT = new Account(1, "knight-bot", false);

  private final InstantSource clock;
  private final Supplier<Duration> lag;
  private final Map<RepositoryName, FakeRepository> repositories = new LinkedHashMap<>();
  private final Map<Long, Permission> people = new LinkedHashMap<>();

  /**
   * Empty.
   *
   * @param clock GitHub's own
   * @param lag how long the next thing that is written stays out of the lists
   */
  public FakeGitHub(InstantSource clock, Supplier<Duration> lag) {
    this.clock = clock;
    this.lag = lag;
  }

  /** Makes a repository. */
  public FakeRepository add(RepositoryName name) {
    FakeRepository repository = new FakeRepository(name, repositories.size() + 1L, clock, lag);
    repositories.put(name, repository);
    return repository;
  }

  /** The repository of that name, as its people see it. */
  public FakeRepository at(RepositoryName name) {
    return Optional.ofNullable(repositories.get(name))
        .orElseThrow(() -> new RefusedException("There is no " + name));
  }

  /** What {@code person} may do everywhere. */
  public void permit(Account person, Permission permission) {
    people.put(person.id(), permission);
  }

  @Override
  public Account me() {
    return KNIGHT;
  }

  @Override
  public Optional<Repository> repository(RepositoryName name) {
    return Optional.ofNullable(repositories.get(name)).map(FakeRepository::described);
  }

  @Override
  public Page<Issue> issues(RepositoryName repository, ListQuestion question) {
    return at(repository).issues().page(question);
  }

  @Override
  public Page<Comment> issueComments(RepositoryName repository, ListQuestion question) {
    return at(repository).comments().page(question);
  }

  @Override
  public Page<Comment> reviewComments(RepositoryName repository, ListQuestion question) {
    return at(repository).reviewComments().page(question);
  }

  @Override
  public Page<Change> changes(ListQuestion question) {
    throw new UnsupportedOperationException("No test here asks for all repositories at once");
  }

  @Override
  public Optional<Issue> issue(Subject subject) {
    return at(subject.repository()).issue(subject.number());
  }

  @Override
  public List<Comment> comments(Subject subject, Optional<Instant> since) {
    return at(subject.repository()).comments().visible().stream()
        .filter(comment -> comment.subject().equals(subject))
        .filter(comment -> since.filter(comment.updatedAt()::isBefore).isEmpty())
        .toList();
  }

  @Override
  public Optional<Comment> issueComment(RepositoryName repository, long id) {
    return at(repository).comments().all().stream()
        .filter(comment -> comment.id() == id)
        .findFirst();
  }

  @Override
  public Optional<Reactions> reactions(
      RepositoryName repository, long comment, Optional<String> etag) {
    return Optional.of(new Reactions(at(repository).reacted(comment), Optional.empty()));
  }

  @Override
  public Optional<Reactions> threadReactions(
      RepositoryName repository, long comment, Optional<String> etag) {
    return reactions(repository, comment, etag);
  }

  @Override
  public Permission permission(RepositoryName repository, Person person) {
    return people.getOrDefault(person.id(), Permission.NONE);
  }

  @Override
  public boolean react(
      RepositoryName repository, Mention.Source source, long id, Reaction reaction) {
    return at(repository).react(source, id);
  }

  @Override
  public Comment comment(Subject subject, String body) {
    return at(subject.repository()).comment(subject.number(), KNIGHT, body);
  }

  @Override
  public Comment answer(Subject pull, long thread, String body) {
    return at(pull.repository()).answer(pull.number(), thread, KNIGHT, body);
  }

  @Override
  public List<Comment> reviewComments(Subject pull, Optional<Instant> since) {
    return at(pull.repository()).reviewComments().visible().stream()
        .filter(comment -> comment.subject().equals(pull))
        .filter(comment -> since.filter(comment.updatedAt()::isBefore).isEmpty())
        .toList();
  }

  @Override
  public Optional<Review> review(Subject pull, NewReview review) {
    return Optional.of(at(pull.repository()).review(pull.number(), KNIGHT, review));
  }

  @Override
  public List<Review> reviews(Subject pull) {
    return at(pull.repository()).reviews().stream()
        .filter(review -> review.subject().equals(pull))
        .toList();
  }

  @Override
  public Optional<Comment> editComment(RepositoryName repository, long id, String body) {
    return at(repository).edit(id, body);
  }

  @Override
  public boolean deleteComment(RepositoryName repository, long id) {
    return at(repository).delete(id);
  }

  @Override
  public Opening open(RepositoryName repository, NewPullRequest wanted) {
    FakeRepository there = at(repository);
    String head = there.branches().get(wanted.head());
    if (head == null) {
      throw new UnavailableException("GitHub does not see the branch yet", Optional.empty());
    }
    if (head.equals(there.branches().get(wanted.base()))) {
      return new Opening.NothingToMerge();
    }
    if (there.pulls().stream().anyMatch(pull -> isOpenOn(wanted.head(), pull))) {
      return there
          .visiblePull(wanted.head())
          .filter(PullRequest::open)
          .<Opening>map(Opening.Adopted::new)
          .orElseThrow(
              () -> new UnavailableException("GitHub does not show it yet", Optional.empty()));
    }
    return new Opening.Created(there.open(KNIGHT, wanted));
  }

  private static boolean isOpenOn(String branch, PullRequest pull) {
    return pull.open() && pull.headRef().equals(branch);
  }

  @Override
  public boolean hasLabel(RepositoryName repository, String label) {
    return false;
  }

  @Override
  public void label(Subject subject, List<String> labels) {
    throw new UnsupportedOperationException("No test here labels anything");
  }

  @Override
  public void askReview(Subject pull, String reviewer) {
    throw new UnsupportedOperationException("No test here asks for a review");
  }

  @Override
  public PullRequest editPullRequest(Subject subject, String body) {
    return at(subject.repository()).rewrite(subject.number(), body);
  }

  @Override
  public Optional<PullRequest> pullRequest(Subject subject) {
    return at(subject.repository()).pull(subject.number());
  }

  @Override
  public Optional<PullRequest> pullRequest(RepositoryName repository, String branch) {
    return at(repository).visiblePull(branch);
  }

  @Override
  public List<LineComment> lineComments(Subject pullRequest) {
    return at(pullRequest.repository()).lineComments(pullRequest.number());
  }

  @Override
  public List<ReviewThread> threads(Subject pullRequest) {
    return at(pullRequest.repository()).threads(pullRequest.number());
  }

  @Override
  public void resolve(ReviewThread thread) {
    repositories.values().forEach(repository -> repository.resolve(thread.comment()));
  }

  @Override
  public void readyForReview(PullRequest pullRequest) {
    at(pullRequest.subject().repository()).ready(pullRequest.subject().number());
  }

  @Override
  public Optional<Quota> quota() {
    return Optional.empty();
  }
}
