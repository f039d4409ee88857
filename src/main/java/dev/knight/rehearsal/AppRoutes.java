package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** What a GitHub App asks for itself. */
final class AppRoutes {
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);

  private final Urls urls;
  private final PersonJson people;

  AppRoutes(Urls urls) {
    this.urls = urls;
    this.people = new PersonJson(urls);
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/app", this::app),
        Route.of("POST", "/app/installations/{installation}/access_tokens", this::token));
  }

  private Answer app(Call call) {
    App app = caller(call);
    ObjectNode json =
        Json.object()
            .put("id", app.id())
            .put("slug", app.slug())
            .put("node_id", NodeId.of("A", app.id()))
            .put("name", app.slug())
            .put("description", "")
            .put("external_url", urls.web() + "/" + app.slug())
            .put("html_url", urls.web() + "/apps/" + app.slug())
            .put("created_at", "2020-01-01T00:00:00Z")
            .put("updated_at", "2020-01-01T00:00:00Z");
    json.set("owner", people.brief(app.account()));
    json.set("permissions", permissions());
    json.putArray("events");
    return Answer.ok(json);
  }

  private Answer token(Call call) {
    App app = caller(call);
    if (app.installation() != call.number("installation")) {
      throw ApiError.notFound();
    }
    ObjectNode json =
        Json.object()
            .put("token", call.world().mint(app))
            .put("expires_at", call.world().register().now().plus(TOKEN_LIFE).toString())
            .put("repository_selection", "all");
    json.set("permissions", permissions());
    return Answer.created(json);
  }

  private static ObjectNode permissions() {
    ObjectNode permissions = Json.object();
    for (String name : List.of("contents", "issues", "pull_requests", "actions")) {
      permissions.put(name, "write");
    }
    for (String name : List.of("metadata", "checks", "statuses")) {
      permissions.put(name, "read");
    }
    return permissions;
  }

  private static App caller(Call call) {
    return call.token()
        .filter(token -> token.right() == TokenRight.APP)
        .flatMap(token -> call.world().app(token.value()))
        .orElseThrow(() -> ApiError.of(401, "A JSON web token could not be decoded"));
  }
}
