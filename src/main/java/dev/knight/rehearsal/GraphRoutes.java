package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** GraphQL, as far as knight asks it: three documents, word by word, and no other. */
final class GraphRoutes {
  private static final String THREADS =
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

  private static final String RESOLVE =
      """
      mutation($id: ID!) {
        resolveReviewThread(input: {threadId: $id}) { thread { id isResolved } }
      }
      """;

  private static final String READY =
      """
      mutation($id: ID!) {
        markPullRequestReadyForReview(input: {pullRequestId: $id}) { pullRequest { id isDraft } }
      }
      """;

  private static final String ID = "id";

  List<Route> routes() {
    return List.of(Route.of("POST", "/graphql", GraphRoutes::answer));
  }

  private static Answer answer(Call call) {
    String document = call.text("query");
    JsonNode variables = call.body().path("variables");
    return switch (document) {
      case THREADS -> threads(call, variables);
      case RESOLVE -> resolve(call, variables.path(ID).asText());
      case READY -> ready(call, variables.path(ID).asText());
      default -> {
        ObjectNode error = Json.object().put("message", "The stand-in knows no such document");
        error.putObject("extensions").put("code", "undefinedField");
        yield errors(error);
      }
    };
  }

  private static Answer threads(Call call, JsonNode variables) {
    Account caller = call.caller();
    Optional<HostedRepository> repository =
        Repositories.name(variables.path("owner").asText(), variables.path("name").asText())
            .flatMap(call.world()::repository)
            .filter(found -> found.permission(caller).includes(Permission.READ));
    Optional<Issue> pull =
        repository
            .flatMap(found -> found.issue(variables.path("number").asLong()))
            .filter(issue -> issue.pull().isPresent());
    if (pull.isEmpty()) {
      return refused("NOT_FOUND", "Could not resolve to a PullRequest.");
    }
    ArrayNode nodes = Json.array();
    repository.get().listedComments().stream()
        .filter(comment -> comment.number() == pull.get().number())
        .filter(GraphRoutes::isFirst)
        .forEach(first -> nodes.add(thread(repository.get(), first)));
    ObjectNode data = Json.object();
    ObjectNode list =
        data.putObject("data")
            .putObject("repository")
            .putObject("pullRequest")
            .putObject("reviewThreads");
    list.putObject("pageInfo").put("hasNextPage", false).putNull("endCursor");
    list.set("nodes", nodes);
    return Answer.ok(data);
  }

  private static boolean isFirst(Comment comment) {
    return comment.line().filter(line -> line.inReplyTo().isEmpty()).isPresent();
  }

  private static ObjectNode thread(HostedRepository repository, Comment first) {
    ObjectNode thread =
        Json.object().put(ID, id(first)).put("isResolved", repository.isResolved(first.id()));
    thread
        .putObject("comments")
        .putArray("nodes")
        .addObject()
        .put("fullDatabaseId", Long.toString(first.id()));
    return thread;
  }

  private static Answer resolve(Call call, String id) {
    for (HostedRepository repository : call.world().repositories()) {
      Optional<Comment> first =
          repository.comments().stream()
              .filter(GraphRoutes::isFirst)
              .filter(comment -> id(comment).equals(id))
              .findFirst();
      if (first.isPresent() && !mayWrite(call, repository)) {
        return forbidden();
      }
      if (first.isPresent()) {
        repository.resolve(first.get().id());
        ObjectNode data = Json.object();
        data.putObject("data")
            .putObject("resolveReviewThread")
            .set("thread", Json.object().put(ID, id).put("isResolved", true));
        return Answer.ok(data);
      }
    }
    return refused(
        "NOT_FOUND", "Could not resolve to a node with the global id of '%s'".formatted(id));
  }

  private static Answer ready(Call call, String id) {
    for (HostedRepository repository : call.world().repositories()) {
      Optional<Issue> pull =
          repository.issues().stream()
              .filter(issue -> issue.pull().isPresent())
              .filter(issue -> NodeId.of(issue).equals(id))
              .findFirst();
      if (pull.isPresent() && !mayWrite(call, repository)) {
        return forbidden();
      }
      if (pull.isPresent()) {
        Pull ready = pull.get().pull().orElseThrow().ready();
        repository.keep(pull.get().with(ready, call.world().register().now()));
        ObjectNode data = Json.object();
        data.putObject("data")
            .putObject("markPullRequestReadyForReview")
            .set("pullRequest", Json.object().put(ID, id).put("isDraft", false));
        return Answer.ok(data);
      }
    }
    return refused(
        "NOT_FOUND", "Could not resolve to a node with the global id of '%s'".formatted(id));
  }

  private static boolean mayWrite(Call call, HostedRepository repository) {
    return call.token().filter(token -> token.right().isWhole()).isPresent()
        && repository.permission(call.caller()).includes(Permission.WRITE);
  }

  private static String id(Comment first) {
    return NodeId.of("PRRT", first.id());
  }

  private static Answer forbidden() {
    return refused("FORBIDDEN", "Resource not accessible by personal access token");
  }

  private static Answer refused(String type, String message) {
    return errors(Json.object().put("type", type).put("message", message));
  }

  private static Answer errors(ObjectNode error) {
    ObjectNode body = Json.object();
    body.putNull("data");
    body.putArray("errors").add(error);
    return Answer.ok(body);
  }
}
