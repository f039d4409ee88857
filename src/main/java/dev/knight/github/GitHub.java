package dev.knight.github;

import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What knight asks of GitHub. Each call blocks for one short exchange, or throws at once while
 * GitHub wants a pause; any thread may call.
 *
 * <p>Every method may throw {@link dev.knight.job.UnavailableException} (it passes by itself; after
 * a write, whether it was made is not known), {@link dev.knight.job.MisconfiguredException} (the
 * token or its permissions) and {@link dev.knight.job.RefusedException} (GitHub will not do this to
 * this target: archived, locked, gone).
 */
public interface GitHub {

  /** The account that the token belongs to. */
  Account me();

  /** A repository, or empty when it is not there or not shown to this token. */
  Optional<Repository> repository(RepositoryName name);

  // ---- lists that intake polls

  /** Issues and pull requests that changed. */
  Page<Issue> issues(RepositoryName repository, ListQuestion question);

  /** Comments in conversations that changed. */
  Page<Comment> issueComments(RepositoryName repository, ListQuestion question);

  /** Comments on lines of pull requests that changed. */
  Page<Comment> reviewComments(RepositoryName repository, ListQuestion question);

  /**
   * Issues and pull requests that changed in any repository that the token's account sees, in
   * knight's and in others. A GitHub App's installation is refused.
   */
  Page<Change> changes(ListQuestion question);

  // ---- one conversation

  /** An issue or pull request, or empty when it is not there: deleted, moved away, never opened. */
  Optional<Issue> issue(Subject subject);

  /** The comments of its conversation that changed at or after {@code since}, oldest first. */
  List<Comment> comments(Subject subject, Optional<Instant> since);

  /**
   * The comments by account {@code author} that contain {@code marker}, among those that changed at
   * or after {@code since}, by number: the oldest first.
   */
  default List<Comment> comments(
      Subject subject, long author, String marker, Optional<Instant> since) {
    return comments(subject, since).stream()
        .filter(comment -> comment.author().filter(by -> by.id() == author).isPresent())
        .filter(comment -> comment.body().contains(marker))
        .sorted(Comparator.comparingLong(Comment::id))
        .toList();
  }

  /** A comment in a conversation, or empty when it was deleted. */
  Optional<Comment> issueComment(RepositoryName repository, long id);

  /** The reactions to a comment in a conversation, or empty if they are as {@code etag} says. */
  Optional<Reactions> reactions(RepositoryName repository, long comment, Optional<String> etag);

  /** The same for a comment in a review's thread. */
  Optional<Reactions> threadReactions(
      RepositoryName repository, long comment, Optional<String> etag);

  /**
   * What {@code person} may do, asked by login and believed only if the answer is about the same
   * number.
   */
  Permission permission(RepositoryName repository, Person person);

  // ---- writes

  /**
   * Reacts to a text; doing so twice is the same as once.
   *
   * @param id the number of the comment, or of the issue where the source is one
   * @return whether the text was still there
   */
  boolean react(RepositoryName repository, Mention.Source source, long id, Reaction reaction);

  /** Writes a comment. */
  Comment comment(Subject subject, String body);

  /**
   * Answers in a thread of review comments under {@code pull}.
   *
   * @param thread the number of the thread's first comment
   */
  Comment answer(Subject pull, long thread, String body);

  /**
   * Reviews a pull request, neither for nor against it.
   *
   * @return the review; empty if a line of it is not part of the pull request's diff: then nothing
   *     was written
   */
  Optional<Review> review(Subject pull, NewReview review);

  /** Replaces the text of a comment of knight's own; empty when it was deleted. */
  Optional<Comment> editComment(RepositoryName repository, long id, String body);

  /**
   * Deletes a comment of knight's own.
   *
   * @return whether it was still there
   */
  boolean deleteComment(RepositoryName repository, long id);

  /** Opens a pull request, or finds the open one of that branch. */
  Opening open(RepositoryName repository, NewPullRequest pullRequest);

  /** Whether the repository has a label of that name. */
  boolean hasLabel(RepositoryName repository, String label);

  /** Labels an issue or pull request; what it bears already stays, and doing so twice is once. */
  void label(Subject subject, List<String> labels);

  /**
   * Asks somebody to review a pull request; whoever is asked already is not asked again.
   *
   * @param reviewer a login, or a team as {@code owner/team}
   */
  void askReview(Subject pull, String reviewer);

  /** Replaces the text of a pull request. */
  PullRequest editPullRequest(Subject subject, String body);

  // ---- pull requests

  /** The reviews that were submitted, oldest first. */
  List<Review> reviews(Subject pull);

  /** The comments on its lines that changed at or after {@code since}, by number. */
  List<Comment> reviewComments(Subject pull, Optional<Instant> since);

  /** A pull request, or empty when there is none of that number. */
  Optional<PullRequest> pullRequest(Subject subject);

  /**
   * The pull request of a branch of the repository itself: the open one, else the newest of those
   * that are over.
   */
  Optional<PullRequest> pullRequest(RepositoryName repository, String branch);

  /** The comments on lines of a pull request, by number: the oldest first. */
  List<LineComment> lineComments(Subject pullRequest);

  /** The threads of comments on places of a pull request. */
  List<ReviewThread> threads(Subject pullRequest);

  /** Marks a thread as settled; doing so twice is the same as once. */
  void resolve(ReviewThread thread);

  /** Takes the word "draft" from a pull request; doing so twice is the same as once. */
  void readyForReview(PullRequest pullRequest);

  /** What is left of the rate limit; empty before the first answer, or where GitHub has none. */
  Optional<Quota> quota();
}
