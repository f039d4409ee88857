package dev.knight.web;

import dev.knight.api.DoorPages;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Looks at every HTTP request before anything else does. */
@Singleton
final class Door {
  private static final Logger LOG = Logger.getLogger(Door.class);

  /** What a browser may do with what is no page. */
  private static final String OF_DATA = "default-src 'none'; frame-ancestors 'none'";

  /** And with a page: nothing in its text is ever run, and nothing comes from elsewhere. */
  private static final String OF_PAGES =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  private static final DoorRules.Refusal TOO_MANY =
      new DoorRules.Refusal(429, "Too many wrong tokens: wait a minute");

  /** Above every filter of the framework and its extensions. */
  private static final int FIRST = 10_000;

  private final DoorRules rules;
  private final WrongTokens wrongTokens;
  private final Provider<DoorPages> pages;

  Door(DoorRules rules, Provider<DoorPages> pages, InstantSource clock) {
    this.rules = rules;
    this.pages = pages;
    this.wrongTokens = new WrongTokens(clock);
  }

  void guard(@Observes Filters filters) {
    filters.register(this::look, FIRST);
  }

  private void look(RoutingContext context) {
    boolean isPage = DoorRules.isPage(context.normalizedPath());
    context
        .response()
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Security-Policy", isPage ? OF_PAGES : OF_DATA)
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", isPage ? "same-origin" : "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Cache-Control", "no-store");
    DoorRules.Visit visit = visit(context);
    rules
        .refusal(visit)
        .ifPresentOrElse(refusal -> refuse(context, refusal), () -> admit(context, visit.cookie()));
  }

  /** A page may be kept up to date for days: not after its browser was sent away. */
  private void admit(RoutingContext context, Optional<String> shown) {
    if (shown.isPresent() && context.request().method().equals(HttpMethod.GET)) {
      Runnable forget = rules.logins().whenSentAway(shown.get(), () -> context.response().reset());
      context.addEndHandler(_ -> forget.run());
    }
    context.next();
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
        Optional.ofNullable(request.authority())
            .map(authority -> request.getCookie(LoginCookie.name(authority.toString())))
            .map(Cookie::getValue),
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

  private void answer(RoutingContext context, DoorRules.Refusal refusal) {
    boolean isPage =
        DoorRules.isPage(context.normalizedPath())
            && header(context.request(), "Accept")
                .filter(it -> it.contains("text/html"))
                .isPresent();
    context
        .response()
        .setStatusCode(refusal.status())
        .putHeader("Content-Type", isPage ? "text/html; charset=utf-8" : "application/json")
        .end(
            isPage
                ? pages.get().problem(refusal.status(), refusal.sentence())
                : JsonObject.of("error", refusal.sentence()).encode());
  }
}
