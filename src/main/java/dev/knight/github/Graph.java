package dev.knight.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.Side;
import dev.knight.job.Subject;
import dev.knight.job.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The little that GitHub offers over GraphQL alone. Its errors come with status 200. */
final class Graph {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_=+/-]{1,200}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern CURSOR = Pattern.compile("[!-~]{1,500}");

  /** 3,000 threads: a pull request with more is read no further. */
  private static final int MAX_PAGES = 30;

  static final String THREADS =
      """
      query($owner: String!, $name: String!, $number: Int!, $after: String) {
        repository(owner: $owner, name: $name) {
          pullRequest(number: $number) {
            reviewThreads(first: 100, after: $after) {
              pageInfo { hasNextPage endCursor }
              nodes { id isResolved comments(first: 1) { nodes { fullDatabaseId } } }
            }
          }
        }
      }
      """;

  static final String RESOLVE =
      """
      mutation($id: ID!) {
        resolveReviewThread(input: {threadId: $id}) { thread { id isResolved } }
      }
      """;

  static final String READY =
      """
      mutation($id: ID!) {
        markPullRequestReadyForReview(input: {pullRequestId: $id}) { pullRequest { id isDraft } }
      }
      """;

  private final Exchange exchange;
  private final Addresses addresses;

  Graph(Exchange exchange, Addresses addresses) {
    this.exchange = exchange;
    this.addresses = addresses;
  }

  List<ReviewThread> threads(Subject subject) {
    List<ReviewThread> threads = new ArrayList<>();
    Optional<String> after = Optional.empty();
    for (int page = 0; page == 0 || (after.isPresent() && page < MAX_PAGES); page++) {
      Fields list = page(subject, after);
      list.items("nodes").stream().flatMap(node -> thread(node).stream()).forEach(threads::add);
      Fields more = list.object("pageInfo");
      after =
          more.flag("hasNextPage") ? Optional.of(more.text("endCursor", CURSOR)) : Optional.empty();
    }
    return List.copyOf(threads);
  }

  private Fields page(Subject subject, Optional<String> after) {
    ObjectNode variables =
        Json.object()
            .put("owner", subject.repository().owner())
            .put("name", subject.repository().name())
            .put("number", subject.number())
            .put("after", after.orElse(null));
    HttpReply reply = exchange.query(addresses.graph(), body(THREADS, variables));
    return data("the threads of " + subject, reply)
        .object("repository")
        .object("pullRequest")
        .object("reviewThreads");
  }

  /** A thread all of whose comments were deleted is none. */
  private static Optional<ReviewThread> thread(Fields node) {
    return node.object("comments").items("nodes").stream()
        .findFirst()
        .map(first ->
            new ReviewThread(
                node.text("id", ID),
                Long.parseLong(first.text("fullDatabaseId", NUMBER)),
                node.flag("isResolved")));
  }

  void resolve(ReviewThread thread) {
    mutate("a resolution of a thread", RESOLVE, thread.id());
  }

  void readyForReview(PullRequest pullRequest) {
    mutate("to call %s ready".formatted(pullRequest.subject()), READY, pullRequest.nodeId());
  }

  private void mutate(String what, String document, String id) {
    String body = body(document, Json.object().put("id", id));
    Fields _ = data(what, exchange.write("POST", addresses.graph(), body));
  }

  private static String body(String document, ObjectNode variables) {
    ObjectNode body = Json.object().put("query", document);
    body.set("variables", variables);
    return body.toString();
  }

  private Fields data(String what, HttpReply reply) {
    if (!reply.isSuccess()) {
      throw Border.refused(what, reply);
    }
    JsonNode answer = Json.parse(reply.body());
    for (JsonNode error : answer.path("errors")) {
      throw refused(what, error, reply);
    }
    return new Fields(answer).object("data");
  }

  private RuntimeException refused(String what, JsonNode error, HttpReply reply) {
    String message = Words.plain(error.path("message").asText("no reason"));
    return switch (error.path("type").asText("")) {
      case "RATE_LIMITED" -> exchange.limited(reply);
      case "FORBIDDEN", "INSUFFICIENT_SCOPES" ->
          new MisconfiguredException(
              "The GitHub token may not do this (%s): %s.".formatted(what, message));
      case "NOT_FOUND", "UNPROCESSABLE" ->
          new RefusedException("GitHub refuses %s: %s.".formatted(what, message));
      case "" ->
          error.path("extensions").has("code")
              ? new IllegalStateException(
                  "GitHub cannot make sense of %s: %s".formatted(what, message))
              : passing(message);
      default -> passing(message);
    };
  }

  private static UnavailableException passing(String message) {
    return new UnavailableException(
        Side.GITHUB,
        "GitHub has a problem of its own: %s.".formatted(message),
        Optional.empty(),
        null);
  }
}
