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
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A GitHub before which its caller dies: in the middle of a write, before or after it is made. */
public final class MortalGitHub implements GitHub {
  private final GitHub real;
  private Fate fate = (_, _) -> false;

  /** Asks {@code real}, as long as nobody has to die. */
  public MortalGitHub(GitHub real) {
    this.real = real;
  }

  /** The end of a process, which no line of it survives. */
  public static final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death(String where) {
      super(where);
    }
  }

  /** Says whether its caller dies now. */
  @FunctionalInterface
  public interface Fate {
    /**
     * Asked before and after each write.
     *
     * @param write the name of the method that writes
     * @param made whether it is made already
     */
    boolean strikes(String write, boolean made);
  }

  /** Who writes from now on may die. */
  public void fate(Fate next) {
    fate = next;
  }

  /** Its caller dies once, at that write. */
  public void dieAt(String write, boolean made) {
    fate =
        (name, after) -> {
          boolean now = name.equals(write) && after == made;
          if (now) {
            fate = (_, _) -> false;
          }
          return now;
        };
  }

  private <T> T writing(String write, Supplier<T> call) {
    die(write, false);
    T result = call.get();
    die(write, true);
    return result;
  }

  private void die(String write, boolean made) {
    if (fate.strikes(write, made)) {
      throw new Death((made ? "after " : "before ") + write);
    }
  }

  @Override
  public Account me() {
    return real.me();
  }

  @Override
  public Optional<Repository> repository(RepositoryName name) {
    return real.repository(name);
  }

  @Override
  public Page<Issue> issues(RepositoryName repository, ListQuestion question) {
    return real.issues(repository, question);
  }

  @Override
  public Page<Comment> issueComments(RepositoryName repository, ListQuestion question) {
    return real.issueComments(repository, question);
  }

  @Override
  public Page<Change> changes(ListQuestion question) {
    return real.changes(question);
  }

  @Override
  public Page<Comment> reviewComments(RepositoryName repository, ListQuestion question) {
    return real.reviewComments(repository, question);
  }

  @Override
  public Optional<Issue> issue(Subject subject) {
    return real.issue(subject);
  }

  @Override
  public List<Comment> comments(Subject subject, Optional<Instant> since) {
    return real.comments(subject, since);
  }

  @Override
  public Optional<Comment> issueComment(RepositoryName repository, long id) {
    return real.issueComment(repository, id);
  }

  @Override
  public Optional<Reactions> reactions(
      RepositoryName repository, long comment, Optional<String> etag) {
    return real.reactions(repository, comment, etag);
  }

  @Override
  public Optional<Reactions> threadReactions(
      RepositoryName repository, long comment, Optional<String> etag) {
    return real.threadReactions(repository, comment, etag);
  }

  @Override
  public Permission permission(RepositoryName repository, Person person) {
    return real.permission(repository, person);
  }

  @Override
  public boolean react(
      RepositoryName repository, Mention.Source source, long id, Reaction reaction) {
    return writing("react", () -> real.react(repository, source, id, reaction));
  }

  @Override
  public Comment comment(Subject subject, String body) {
    return writing("comment", () -> real.comment(subject, body));
  }

  @Override
  public Comment answer(Subject pull, long thread, String body) {
    return writing("answer", () -> real.answer(pull, thread, body));
  }

  @Override
  public List<Comment> reviewComments(Subject pull, Optional<Instant> since) {
    return real.reviewComments(pull, since);
  }

  @Override
  public Optional<Review> review(Subject pull, NewReview review) {
    return writing("review", () -> real.review(pull, review));
  }

  @Override
  public List<Review> reviews(Subject pull) {
    return real.reviews(pull);
  }

  @Override
  public Optional<Comment> editComment(RepositoryName repository, long id, String body) {
    return writing("editComment", () -> real.editComment(repository, id, body));
  }

  @Override
  public boolean deleteComment(RepositoryName repository, long id) {
    return writing("deleteComment", () -> real.deleteComment(repository, id));
  }

  @Override
  public Opening open(RepositoryName repository, NewPullRequest pullRequest) {
    return writing("open", () -> real.open(repository, pullRequest));
  }

  @Override
  public boolean hasLabel(RepositoryName repository, String label) {
    return real.hasLabel(repository, label);
  }

  @Override
  public void label(Subject subject, List<String> labels) {
    boolean _ =
        writing(
            "label",
            () -> {
              real.label(subject, labels);
              return true;
            });
  }

  @Override
  public void askReview(Subject pull, String reviewer) {
    boolean _ =
        writing(
            "askReview",
            () -> {
              real.askReview(pull, reviewer);
              return true;
            });
  }

  @Override
  public PullRequest editPullRequest(Subject subject, String body) {
    return writing("editPullRequest", () -> real.editPullRequest(subject, body));
  }

  @Override
  public Optional<PullRequest> pullRequest(Subject subject) {
    return real.pullRequest(subject);
  }

  @Override
  public Optional<PullRequest> pullRequest(RepositoryName repository, String branch) {
    return real.pullRequest(repository, branch);
  }

  @Override
  public List<LineComment> lineComments(Subject pullRequest) {
    return real.lineComments(pullRequest);
  }

  @Override
  public List<ReviewThread> threads(Subject pullRequest) {
    return real.threads(pullRequest);
  }

  @Override
  public void resolve(ReviewThread thread) {
    writing(
        "resolve",
        () -> {
          real.resolve(thread);
          return true;
        });
  }

  @Override
  public void readyForReview(PullRequest pullRequest) {
    writing(
        "readyForReview",
        () -> {
          real.readyForReview(pullRequest);
          return true;
        });
  }

  @Override
  public Optional<Quota> quota() {
    return real.quota();
  }
}
