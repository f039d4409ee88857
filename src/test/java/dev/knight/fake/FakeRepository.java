package dev.knight.fake;

import dev.knight.github.Account;
import dev.knight.github.Comment;
import dev.knight.github.Issue;
import dev.knight.github.LineComment;
import dev.knight.github.NewPullRequest;
import dev.knight.github.NewReview;
import dev.knight.github.PullRequest;
import dev.knight.github.Reacted;
import dev.knight.github.Reaction;
import dev.knight.github.Repository;
import dev.knight.github.Review;
import dev.knight.github.ReviewThread;
import dev.knight.job.Mention;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** One repository of {@link FakeGitHub}, and what people do in it. */
public final class FakeRepository {
  private final RepositoryName name;
  private final long id;
  private final InstantSource clock;
  private final Supplier<Duration> lag;
  private final FakeList<Issue> issues;
  private final FakeList<Comment> comments;
  private final FakeList<Comment> reviewComments;
  private final Map<Long, PullRequest> pulls = new LinkedHashMap<>();
  private final Map<Long, Instant> pullShownAt = new HashMap<>();
  private final Map<String, Integer> reactions = new LinkedHashMap<>();
  private final Map<Long, List<Reacted>> reacted = new LinkedHashMap<>();
  private final List<Review> reviews = new ArrayList<>();
  private final Map<String, String> branches = new LinkedHashMap<>();
  private final List<LineComment> lines = new ArrayList<>();
  private final Set<Long> resolved = new HashSet<>();
  private long numbers;
  private long ids;

  FakeRepository(RepositoryName name, long id, InstantSource clock, Supplier<Duration> lag) {
    this.name = name;
    this.id = id;
    this.clock = clock;
    this.lag = lag;
    this.issues = new FakeList<>(clock, lag);
    this.comments = new FakeList<>(clock, lag);
    this.reviewComments = new FakeList<>(clock, lag);
  }

  Repository described() {
    URI page = URI.create("https://github.test/" + name);
    return new Repository(id, name, "main", URI.create(page + ".git"), page, false, false, true);
  }

  /** Each branch with its commit. */
  public Map<String, String> branches() {
    return branches;
  }

  /** All issues and pull requests. */
  public FakeList<Issue> issues() {
    return issues;
  }

  /** All comments of all conversations. */
  public FakeList<Comment> comments() {
    return comments;
  }

  FakeList<Comment> reviewComments() {
    return reviewComments;
  }

  /** All pull requests, oldest first. */
  public List<PullRequest> pulls() {
    return List.copyOf(pulls.values());
  }

  /** How often each text was asked to bear 👀. */
  public Map<String, Integer> reactions() {
    return Map.copyOf(reactions);
  }

  /** Opens an issue. */
  public Issue issue(Account author, String title, String body) {
    return issue(author, title, body, false);
  }

  private Issue issue(Account author, String title, String body, boolean pullRequest) {
    long number = ++numbers;
    Instant now = now();
    Issue issue =
        new Issue(
            1000 * id + number,
            "I_" + id + "_" + number,
            new Subject(name, number),
            title,
            body,
            Optional.of(author),
            true,
            false,
            pullRequest,
            Optional.empty(),
            Set.of(),
            URI.create("https://github.test/" + name + "/issues/" + number),
            now,
            now);
    issues.put(issue);
    return issue;
  }

  Optional<Issue> issue(long number) {
    return issues.all().stream().filter(issue -> issue.subject().number() == number).findFirst();
  }

  /** Writes a comment. */
  public Comment comment(long number, Account author, String body) {
    Issue issue = issue(number).orElseThrow(() -> new RefusedException("There is no #" + number));
    long comment = ++ids;
    Instant now = now();
    Comment written =
        new Comment(
            comment,
            "IC_" + id + "_" + comment,
            issue.subject(),
            Optional.of(author),
            body,
            URI.create(issue.link() + "#issuecomment-" + comment),
            now,
            now);
    comments.put(written);
    touch(issue, now);
    return written;
  }

  /** Writes a comment on a line of a pull request. */
  public Comment reviewComment(long number, Account author, String body) {
    Issue issue = issue(number).orElseThrow(() -> new RefusedException("There is no #" + number));
    long comment = ++ids;
    Instant now = now();
    Comment written =
        new Comment(
            comment,
            "PRRC_" + id + "_" + comment,
            issue.subject(),
            Optional.of(author),
            body,
            URI.create(issue.link() + "#discussion_r" + comment),
            now,
            now);
    reviewComments.put(written);
    touch(issue, now);
    return written;
  }

  List<LineComment> lineComments(long number) {
    return lines.stream().filter(line -> line.comment().subject().number() == number).toList();
  }

  Comment answer(long number, long thread, Account author, String body) {
    if (reviewComments.all().stream().noneMatch(one -> one.id() == thread)) {
      throw new RefusedException("There is no thread " + thread);
    }
    return reviewComment(number, author, body);
  }

  Review review(long number, Account author, NewReview wanted) {
    long review = ++ids;
    Issue pull = issue(number).orElseThrow(() -> new RefusedException("There is no #" + number));
    Review made =
        new Review(
            review,
            "PRR_" + id + "_" + review,
            pull.subject(),
            Optional.of(author),
            "COMMENTED",
            wanted.body(),
            URI.create(pull.link() + "#pullrequestreview-" + review),
            Optional.of(now()));
    reviews.add(made);
    return made;
  }

  /** All reviews, oldest first. */
  public List<Review> reviews() {
    return List.copyOf(reviews);
  }

  private void touch(Issue issue, Instant now) {
    issues.put(
        new Issue(
            issue.id(),
            issue.nodeId(),
            issue.subject(),
            issue.title(),
            issue.body(),
            issue.author(),
            issue.open(),
            issue.locked(),
            issue.pullRequest(),
            issue.mergedAt(),
            issue.labels(),
            issue.link(),
            issue.createdAt(),
            now));
  }

  Optional<Comment> edit(long comment, String body) {
    Optional<Comment> there =
        comments.all().stream().filter(one -> one.id() == comment).findFirst();
    return there.map(old -> {
      Comment edited =
          new Comment(
              old.id(),
              old.nodeId(),
              old.subject(),
              old.author(),
              body,
              old.link(),
              old.createdAt(),
              now());
      comments.put(edited);
      return edited;
    });
  }

  /** Takes a comment away; says whether it was there. */
  public boolean delete(long comment) {
    Optional<Comment> there =
        comments.all().stream().filter(one -> one.id() == comment).findFirst();
    there.ifPresent(one -> comments.remove(one.nodeId()));
    return there.isPresent();
  }

  boolean react(Mention.Source source, long text) {
    boolean there =
        switch (source) {
          case ISSUE -> issue(text).isPresent();
          case ISSUE_COMMENT -> comments.all().stream().anyMatch(one -> one.id() == text);
          case REVIEW_COMMENT, REVIEW, WATCH, COMMAND -> false;
        };
    if (there) {
      reactions.merge(source + " " + text, 1, Integer::sum);
    }
    return there;
  }

  /** {@code who} reacts to a comment. */
  public void react(long comment, Account who, Reaction how) {
    reacted
        .computeIfAbsent(comment, _ -> new ArrayList<>())
        .add(new Reacted(++ids, who, how, now()));
  }

  List<Reacted> reacted(long comment) {
    return List.copyOf(reacted.getOrDefault(comment, List.of()));
  }

  PullRequest open(Account author, NewPullRequest wanted) {
    Issue issue = issue(author, wanted.title(), wanted.body(), true);
    PullRequest pull =
        new PullRequest(
            issue.subject(),
            "PR_" + id + "_" + issue.subject().number(),
            Optional.of(name),
            wanted.head(),
            branches.getOrDefault(wanted.head(), ""),
            wanted.base(),
            true,
            false,
            wanted.draft(),
            Optional.of(true),
            Optional.of(author),
            wanted.body(),
            URI.create("https://github.test/" + name + "/pull/" + issue.subject().number()));
    pulls.put(issue.subject().number(), pull);
    pullShownAt.put(issue.subject().number(), clock.instant().plus(lag.get()));
    return pull;
  }

  Optional<PullRequest> pull(long number) {
    return Optional.ofNullable(pulls.get(number));
  }

  /** As the list of pull requests of {@code branch} shows it: the open one, else the newest. */
  Optional<PullRequest> visiblePull(String branch) {
    List<PullRequest> shown = new ArrayList<>();
    for (PullRequest pull : pulls.values()) {
      Instant shownAt = pullShownAt.getOrDefault(pull.subject().number(), Instant.MIN);
      if (pull.headRef().equals(branch) && !clock.instant().isBefore(shownAt)) {
        shown.add(pull);
      }
    }
    return shown.stream()
        .filter(PullRequest::open)
        .findFirst()
        .or(() -> shown.reversed().stream().findFirst());
  }

  PullRequest rewrite(long number, String body) {
    return changed(number, old -> pull(old, old.open(), old.draft(), body));
  }

  void ready(long number) {
    changed(number, old -> pull(old, old.open(), false, old.body()));
  }

  List<ReviewThread> threads(long number) {
    return reviewComments.visible().stream()
        .filter(comment -> comment.subject().number() == number)
        .map(comment ->
            new ReviewThread("PRRT_" + comment.id(), comment.id(), resolved.contains(comment.id())))
        .toList();
  }

  void resolve(long firstComment) {
    resolved.add(firstComment);
  }

  /** The first comments of the threads that are settled. */
  public Set<Long> resolved() {
    return Set.copyOf(resolved);
  }

  /** Closes a pull request without merging it. */
  public void close(long number) {
    changed(number, old -> pull(old, false, old.draft(), old.body()));
  }

  private PullRequest changed(long number, UnaryOperator<PullRequest> change) {
    PullRequest old =
        pull(number).orElseThrow(() -> new RefusedException("There is no pull #" + number));
    PullRequest next = change.apply(old);
    pulls.put(number, next);
    return next;
  }

  private static PullRequest pull(PullRequest old, boolean open, boolean draft, String body) {
    return new PullRequest(
        old.subject(),
        old.nodeId(),
        old.headRepository(),
        old.headRef(),
        old.headSha(),
        old.baseRef(),
        open,
        old.merged(),
        draft,
        old.mergeable(),
        old.author(),
        body,
        old.link());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
