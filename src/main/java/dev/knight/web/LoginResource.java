package dev.knight.web;

import dev.knight.api.DoorPages;
import dev.knight.api.LoginView;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** How a browser comes in, and leaves. */
@Singleton
@Path("/")
final class LoginResource {
  private final Logins logins;
  private final DoorRules rules;
  private final DoorPages pages;

  LoginResource(Logins logins, DoorRules rules, DoorPages pages) {
    this.logins = logins;
    this.rules = rules;
    this.pages = pages;
  }

  /** A way in, for whoever could show the token. */
  @POST
  @Path(LoginView.PATH)
  @Produces(MediaType.APPLICATION_JSON)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Let a browser in",
      description = "Makes an address that leads into the dashboard once, within a minute.")
  public LoginView invite() {
    Logins.Word word = logins.invite();
    return new LoginView(DoorRules.WAY_IN + "?once=" + word.text(), rules.publicUrl(), word.end());
  }

  /**
   * The browser goes on from a page of ours and not by a redirection: where another page or program
   * led here, only so does it show the cookie that it has just got.
   */
  @GET
  @Operation(hidden = true)
  @Path(DoorRules.WAY_IN)
  @Produces(MediaType.TEXT_HTML)
  public Response enter(
      @QueryParam("once") @Nullable String once, @Context HttpServerRequest request) {
    Optional<String> shown = Optional.ofNullable(once).flatMap(logins::enter);
    if (shown.isEmpty()) {
      String sentence = "This link has been used, or is older than a minute. Run: knight open";
      return Response.status(DoorRules.WRONG_TOKEN)
          .entity(pages.problem(DoorRules.WRONG_TOKEN, sentence))
          .build();
    }
    String authority = authority(request);
    return Response.ok(pages.welcome())
        .header("Refresh", "0; url=/")
        .cookie(LoginCookie.of(authority, shown.get(), rules.isEncrypted(authority)))
        .build();
  }

  /** Sends this browser away. */
  @POST
  @Operation(hidden = true)
  @Path("/logout")
  @Produces(MediaType.TEXT_HTML)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response leave(@Context HttpServerRequest request) {
    String authority = authority(request);
    Optional.ofNullable(request.getCookie(LoginCookie.name(authority)))
        .map(Cookie::getValue)
        .ifPresent(logins::leave);
    return Response.ok(pages.goodbye())
        .cookie(LoginCookie.none(authority, rules.isEncrypted(authority)))
        .build();
  }

  private static String authority(HttpServerRequest request) {
    return String.valueOf(request.authority());
  }
}
