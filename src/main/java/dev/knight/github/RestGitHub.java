package dev.knight.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import dev.knight.job.UnavailableException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** GitHub over its REST API. It needs no container, so that a command can use it, too. */
public final class RestGitHub implements GitHub, AutoCloseable {
  private static final String ISSUE_URL = "issue_url";
  private static final String PULL_URL = "pull_request_url";

  private final TokenSource tokens;
  private final Exchange exchange;
  private final Addresses addresses;
  private final Shapes shapes;
  private final Lists lists;
  private final Pulls pulls;
  private final Reviews reviews;
  private final Graph graph;
  private final OwnAccount own;
  private final Checks checks;

  /**
   * Talks to the GitHub of {@code settings}.
   *
   * @param tokens asked before each request
   * @param clock what pauses are measured by
   * @param waiter what passes the second between two writes
   */
  public RestGitHub(
      GitHubSettings settings, TokenSource tokens, InstantSource clock, Waiter waiter) {
    this(settings, tokens, clock, waiter, RequestListener.NONE);
  }

  /** The same, and {@code listener} is told of each request. */
  public RestGitHub(
      GitHubSettings settings,
      TokenSource tokens,
      InstantSource clock,
      Waiter waiter,
      RequestListener listener) {
    this.tokens = tokens;
    this.exchange = new Exchange(settings, tokens, clock, waiter, listener);
    this.addresses = new Addresses(settings.apiUrl());
    this.shapes = new Shapes(settings);
    this.lists = new Lists(exchange, settings);
    this.pulls = new Pulls(exchange, addresses, shapes, lists);
    this.reviews = new Reviews(exchange, addresses, shapes, lists);
    this.graph = new Graph(exchange, addresses);
    this.own = new OwnAccount(tokens, exchange, clock);
    this.checks = new RestChecks(exchange, settings, addresses);
  }

  /** What checks the commits, by the same gate. */
  public Checks checks() {
    return checks;
  }

  @Override
  public Account me() {
    return own.account(() ->
        found(
            "the token's account",
            tokens.login().map(addresses::user).orElseGet(addresses::user),
            shapes::account));
  }

  @Override
  public Optional<Repository> repository(RepositoryName name) {
    return optional(name.toString(), addresses.repository(name), shapes::repository);
  }

  /**
   * The repositories that the token's account may push to, the last pushed to first; for a GitHub
   * App those that it is installed on. What a fine-grained token or an App itself may do with them
   * is not said here.
   */
  public List<Repository> pushable() {
    boolean isApp = tokens.login().isPresent();
    URI address = isApp ? addresses.installed() : addresses.own();
    return lists.all("the list of repositories", address, shapes::repository).stream()
        .filter(repository -> (isApp || repository.pushable()) && !repository.archived())
        .toList();
  }

  @Override
  public Page<Issue> issues(RepositoryName repository, ListQuestion question) {
    URI address = addresses.changes(repository, "/issues", "state=all&", question.since());
    return lists.page(
        repository.toString(), address, question, item -> shapes.issue(repository, item));
  }

  @Override
  public Page<Comment> issueComments(RepositoryName repository, ListQuestion question) {
    return comments(repository, "/issues/comments", ISSUE_URL, question);
  }

  @Override
  public Page<Comment> reviewComments(RepositoryName repository, ListQuestion question) {
    return comments(repository, "/pulls/comments", PULL_URL, question);
  }

  private Page<Comment> comments(
      RepositoryName repository, String list, String parent, ListQuestion question) {
    URI address = addresses.changes(repository, list, "", question.since());
    return lists.page(
        repository.toString(), address, question, item -> shapes.comment(repository, parent, item));
  }

  @Override
  public Page<Change> changes(ListQuestion question) {
    URI address = addresses.changes(question.since());
    return lists.page("all repositories", address, question, Shapes::change);
  }

  @Override
  public Optional<Issue> issue(Subject subject) {
    return optional(
            subject.toString(),
            addresses.issue(subject, ""),
            fields -> shapes.issue(subject.repository(), fields))
        .filter(issue -> issue.subject().equals(subject));
  }

  @Override
  public List<Comment> comments(Subject subject, Optional<Instant> since) {
    return lists.all(
        "the comments of " + subject,
        addresses.comments(subject, since),
        item -> shapes.comment(subject.repository(), ISSUE_URL, item));
  }

  @Override
  public Optional<Comment> issueComment(RepositoryName repository, long id) {
    return optional(
        "comment " + id,
        addresses.in(repository, "/issues/comments/" + id),
        fields -> shapes.comment(repository, ISSUE_URL, fields));
  }

  @Override
  public Optional<Reactions> reactions(
      RepositoryName repository, long comment, Optional<String> etag) {
    return reactions(addresses.reactions(repository, comment), comment, etag);
  }

  @Override
  public Optional<Reactions> threadReactions(
      RepositoryName repository, long comment, Optional<String> etag) {
    return reactions(addresses.threadReactions(repository, comment), comment, etag);
  }

  private Optional<Reactions> reactions(URI address, long comment, Optional<String> etag) {
    return lists
        .unless(etag, "the reactions to comment " + comment, address, shapes::reacted)
        .map(whole ->
            new Reactions(whole.items().stream().flatMap(Optional::stream).toList(), whole.etag()));
  }

  @Override
  public Permission permission(RepositoryName repository, Person person) {
    Optional<Permission> permission =
        optional(
            "the permission of " + person.login(),
            addresses.permission(repository, person.login()),
            fields -> shapes.permission(person.id(), fields));
    return permission.orElseGet(() -> unknown(repository));
  }

  /** A 404 says either that there is no such user, or that the repository is not shown. */
  private Permission unknown(RepositoryName repository) {
    if (repository(repository).isEmpty()) {
      throw new UnavailableException(
          "GitHub does not show %s to this token.".formatted(repository), Optional.empty());
    }
    return Permission.NONE;
  }

  @Override
  public boolean react(
      RepositoryName repository, Mention.Source source, long id, Reaction reaction) {
    Optional<String> text =
        switch (source) {
          case ISSUE -> Optional.of("/issues/" + id);
          case ISSUE_COMMENT -> Optional.of("/issues/comments/" + id);
          case REVIEW_COMMENT -> Optional.of("/pulls/comments/" + id);
          case REVIEW, WATCH, COMMAND -> Optional.empty();
        };
    return text.map(path -> react(addresses.in(repository, path + "/reactions"), reaction))
        .orElse(false);
  }

  private boolean react(URI address, Reaction reaction) {
    String body = Json.object().put("content", reaction.content()).toString();
    HttpReply reply = exchange.write("POST", address, body);
    if (reply.isSuccess()) {
      return true;
    }
    if (reply.status() == 404 || reply.status() == 410) {
      return false;
    }
    throw Border.refused("a reaction", reply);
  }

  @Override
  public Comment comment(Subject subject, String body) {
    HttpReply reply = exchange.write("POST", addresses.issue(subject, "/comments"), text(body));
    if (!reply.isSuccess()) {
      throw Border.refused("a comment on " + subject, reply);
    }
    return shapes.comment(subject.repository(), ISSUE_URL, fields(reply));
  }

  @Override
  public Comment answer(Subject pull, long thread, String body) {
    URI address = addresses.pullComments(pull, "/" + thread + "/replies");
    HttpReply reply = exchange.write("POST", address, text(body));
    if (!reply.isSuccess()) {
      throw Border.refused("an answer in a thread of " + pull, reply);
    }
    return shapes.comment(pull.repository(), PULL_URL, fields(reply));
  }

  @Override
  public List<Comment> reviewComments(Subject pull, Optional<Instant> since) {
    return lists.all(
        "the review comments of " + pull,
        addresses.reviewComments(pull, since),
        item -> shapes.comment(pull.repository(), PULL_URL, item));
  }

  @Override
  public Optional<Review> review(Subject pull, NewReview review) {
    return reviews.submit(pull, review);
  }

  @Override
  public List<Review> reviews(Subject pull) {
    return reviews.of(pull);
  }

  @Override
  public Optional<Comment> editComment(RepositoryName repository, long id, String body) {
    URI address = addresses.in(repository, "/issues/comments/" + id);
    HttpReply reply = exchange.write("PATCH", address, text(body));
    if (reply.status() == 404 || reply.status() == 410) {
      return Optional.empty();
    }
    if (!reply.isSuccess()) {
      throw Border.refused("an edit of comment " + id, reply);
    }
    return Optional.of(shapes.comment(repository, ISSUE_URL, fields(reply)));
  }

  @Override
  public boolean deleteComment(RepositoryName repository, long id) {
    HttpReply reply = exchange.delete(addresses.in(repository, "/issues/comments/" + id));
    if (reply.isSuccess()) {
      return true;
    }
    if (reply.status() == 404 || reply.status() == 410) {
      return false;
    }
    throw Border.refused("a deletion of comment " + id, reply);
  }

  @Override
  public Opening open(RepositoryName repository, NewPullRequest pullRequest) {
    return pulls.open(repository, pullRequest);
  }

  @Override
  public boolean hasLabel(RepositoryName repository, String label) {
    return optional(
            "the label " + label, addresses.label(repository, label), fields -> fields.has("name"))
        .orElse(false);
  }

  @Override
  public void label(Subject subject, List<String> labels) {
    ObjectNode body = Json.object();
    labels.forEach(body.putArray("labels")::add);
    post("labels for " + subject, addresses.issue(subject, "/labels"), body);
  }

  @Override
  public void askReview(Subject pull, String reviewer) {
    int slash = reviewer.indexOf('/');
    ObjectNode body = Json.object();
    body.putArray(slash < 0 ? "reviewers" : "team_reviewers").add(reviewer.substring(slash + 1));
    URI address =
        addresses.in(pull.repository(), "/pulls/" + pull.number() + "/requested_reviewers");
    post("a review by " + reviewer, address, body);
  }

  private void post(String what, URI address, ObjectNode body) {
    HttpReply reply = exchange.write("POST", address, body.toString());
    if (!reply.isSuccess()) {
      throw Border.refused(what, reply);
    }
  }

  @Override
  public PullRequest editPullRequest(Subject subject, String body) {
    HttpReply reply = exchange.write("PATCH", addresses.pull(subject), text(body));
    if (!reply.isSuccess()) {
      throw Border.refused("an edit of " + subject, reply);
    }
    return shapes.pullRequest(subject.repository(), fields(reply));
  }

  @Override
  public Optional<PullRequest> pullRequest(Subject subject) {
    return optional(
            subject.toString(),
            addresses.pull(subject),
            fields -> shapes.pullRequest(subject.repository(), fields))
        .filter(pull -> pull.subject().equals(subject));
  }

  @Override
  public Optional<PullRequest> pullRequest(RepositoryName repository, String branch) {
    return pulls.of(repository, branch, "all");
  }

  @Override
  public List<LineComment> lineComments(Subject pullRequest) {
    return lists.all(
        "the comments on lines of " + pullRequest,
        addresses.reviewComments(pullRequest, Optional.empty()),
        item -> shapes.lineComment(pullRequest.repository(), item));
  }

  @Override
  public List<ReviewThread> threads(Subject pullRequest) {
    return graph.threads(pullRequest);
  }

  @Override
  public void resolve(ReviewThread thread) {
    graph.resolve(thread);
  }

  @Override
  public void readyForReview(PullRequest pullRequest) {
    graph.readyForReview(pullRequest);
  }

  @Override
  public Optional<Quota> quota() {
    return exchange.quota();
  }

  /** Whether GitHub has turned down the token that was shown last. */
  public boolean isTokenRefused() {
    return exchange.isTokenRefused();
  }

  private <T> T found(String what, URI address, Function<Fields, T> shape) {
    HttpReply reply = exchange.read(HttpAsk.read(address));
    if (reply.status() != 200) {
      throw Border.refused(what, reply);
    }
    return shape.apply(fields(reply));
  }

  private <T> Optional<T> optional(String what, URI address, Function<Fields, T> shape) {
    HttpReply reply = exchange.read(HttpAsk.read(address));
    return switch (reply.status()) {
      case 200 -> Optional.of(shape.apply(fields(reply)));
      case 404, 410 -> Optional.empty();
      default -> throw Border.refused(what, reply);
    };
  }

  private static Fields fields(HttpReply reply) {
    return new Fields(Json.parse(reply.body()));
  }

  private static String text(String body) {
    return Json.object().put("body", body).toString();
  }

  /** Ends its connections. */
  @Override
  public void close() {
    exchange.close();
  }
}
