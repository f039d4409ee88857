package dev.knight.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Looks at every HTTP request before anything else does. */
@Singleton
final class Door {
  private static final Logger LOG = Logger.getLogger(Door.class);

  private static final DoorRules.Refusal TOO_MANY =
      new DoorRules.Refusal(429, "Too many wrong tokens: wait a minute");

  /** Above every filter of the framework and its extensions. */
  private static final int FIRST = 10_000;

  private final DoorRules rules;
  private final WrongTokens wrongTokens;

  Door(DoorRules rules, InstantSource clock) {
    this.rules = rules;
    this.wrongTokens = new WrongTokens(clock);
  }

  void guard(@Observes Filters filters) {
    filters.register(this::look, FIRST);
  }

  private void look(RoutingContext context) {
    context
        .response()
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
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
        header(request, "Content-Type"),
        header(request, "Content-Length"));
  }

  private static Optional<String> header(HttpServerRequest request, String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  private void refuse(RoutingContext context, DoorRules.Refusal refusal) {
    if (refusal.status() == DoorRules.WRONG_TOKEN) {
      switch (wrongTokens.one()) {
        case TOLD -> answer(context, refusal);
        case TOO_MANY -> {
          LOG.warn("Somebody tries wrong tokens on the API, many times a minute");
          answer(context, TOO_MANY);
        }
        case STILL_TOO_MANY -> answer(context, TOO_MANY);
      }
    } else {
      answer(context, refusal);
    }
  }

  private static void answer(RoutingContext context, DoorRules.Refusal refusal) {
    context
        .response()
        .setStatusCode(refusal.status())
        .putHeader("Content-Type", "application/json")
        .end(JsonObject.of("error", refusal.sentence()).encode());
  }
}
