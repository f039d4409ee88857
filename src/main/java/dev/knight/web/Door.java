package dev.knight.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Looks at every HTTP request before anything else does. */
@Singleton
final class Door {
  /** Above every filter of the framework and its extensions. */
  private static final int FIRST = 10_000;

  private final DoorRules rules;

  Door(DoorRules rules) {
    this.rules = rules;
  }

  void guard(@Observes Filters filters) {
    filters.register(this::look, FIRST);
  }

  private void look(RoutingContext context) {
    context
        .response()
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .putHeader("Cache-Control", "no-store");
    rules
        .refusal(visit(context))
        .ifPresentOrElse(refusal -> refuse(context, refusal), context::next);
  }

  private static DoorRules.Visit visit(RoutingContext context) {
    HttpServerRequest request = context.request();
    return new DoorRules.Visit(
        request.method().name(),
        context.normalizedPath(),
        Optional.ofNullable(request.authority()).map(Object::toString),
        header(request, "Origin"),
        header(request, "Sec-Fetch-Site"),
        header(request, "Authorization"),
        header(request, "Content-Type"));
  }

  private static Optional<String> header(HttpServerRequest request, String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  private static void refuse(RoutingContext context, DoorRules.Refusal refusal) {
    context
        .response()
        .setStatusCode(refusal.status())
        .putHeader("Content-Type", "application/json")
        .end(JsonObject.of("error", refusal.sentence()).encode());
  }
}
