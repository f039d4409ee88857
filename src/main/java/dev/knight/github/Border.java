package dev.knight.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.Side;
import dev.knight.job.UnavailableException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges what GitHub answered, once: who must act. What only the caller can judge (404, 410, 422,
 * 451, 304) passes.
 */
final class Border {
  private Border() {}

  /** Whether GitHub knows no such token. */
  static boolean isBadLogin(HttpReply reply) {
    return reply.status() == 401
        || (reply.status() == 403 && reply.says("Maximum number of login attempts exceeded"));
  }

  /** Throws what the answer means, unless it is for the caller to judge. */
  static void check(HttpAsk ask, HttpReply reply, RateLimits limits, Instant now) {
    if (RateLimits.isLimit(reply)) {
      limits.check();
      throw new UnavailableException(
          Side.GITHUB, "GitHub's rate limit is used up.", Optional.empty(), null);
    }
    if (isBadLogin(reply)) {
      throw Gate.badLogin();
    }
    switch (reply.status()) {
      case 200, 201, 202, 204, 304, 404, 410, 422, 451 -> {}
      case 301, 302, 307, 308 -> throw moved(ask);
      case 403 -> throw forbidden(ask, reply);
      case 408, 409, 500, 502, 503, 504 -> throw passing(reply, now);
      default -> throw bug(ask, reply);
    }
  }

  /** The refusal that a 404, 410, 422 or 451 is when the caller has no better use for it. */
  static RefusedException refused(String what, HttpReply reply) {
    String why =
        switch (reply.status()) {
          case 404 ->
              "GitHub does not find it: it was deleted or moved, or the token may not see it";
          case 410 -> "it is gone";
          case 451 -> "GitHub has blocked it for legal reasons";
          default -> message(reply);
        };
    return new RefusedException("GitHub refuses %s: %s.".formatted(what, why));
  }

  /** What GitHub says went wrong, in its own words, made harmless. */
  static String message(HttpReply reply) {
    StringBuilder words = new StringBuilder();
    @Nullable JsonNode body = Json.lenient(reply.body()).orElse(null);
    if (body == null) {
      return "status " + reply.status();
    }
    words.append(body.path("message").asText(""));
    for (JsonNode error : body.path("errors")) {
      words.append("; ").append(error.isTextual() ? error.asText() : detail(error));
    }
    String plain = Words.plain(words.toString());
    return plain.isEmpty() ? "status " + reply.status() : plain;
  }

  private static String detail(JsonNode error) {
    String message = error.path("message").asText("");
    return message.isEmpty()
        ? error.path("field").asText("") + " " + error.path("code").asText("")
        : message;
  }

  private static RuntimeException forbidden(HttpAsk ask, HttpReply reply) {
    if (reply.says("archived")) {
      return new RefusedException("The repository is archived, so nobody can change it.");
    }
    if (reply.says("issue is locked") || reply.says("conversation is locked")) {
      return new RefusedException("The conversation is locked, so knight cannot write there.");
    }
    if (reply.says("Repository access blocked")) {
      return new RefusedException("GitHub has blocked the repository.");
    }
    if (reply.header("x-github-sso").isPresent()) {
      return new MisconfiguredException(
          "The organization wants single sign-on: authorize the GitHub token for it.");
    }
    String needs =
        reply
            .header("x-accepted-github-permissions")
            .map(list -> " It needs: " + Words.plain(list) + ".")
            .orElse("");
    return new MisconfiguredException(
        "The GitHub token may not do '%s': %s.%s".formatted(ask, message(reply), needs));
  }

  private static UnavailableException passing(HttpReply reply, Instant now) {
    return new UnavailableException(
        Side.GITHUB,
        "GitHub has a problem of its own: %s (%d).".formatted(message(reply), reply.status()),
        RateLimits.retryAfter(reply).map(now::plus),
        null);
  }

  private static RuntimeException moved(HttpAsk ask) {
    return ask.isWrite()
        ? new MisconfiguredException(
            "The repository of '%s' has moved; put its new name under knight.github.repositories."
                .formatted(ask))
        : new UnavailableException(
            "GitHub's answer to '%s' leads elsewhere, and knight does not go there.".formatted(ask),
            Optional.empty());
  }

  private static IllegalStateException bug(HttpAsk ask, HttpReply reply) {
    return new IllegalStateException(
        "GitHub cannot make sense of '%s': %d, %s (request %s)"
            .formatted(
                ask,
                reply.status(),
                message(reply),
                Words.plain(reply.header("x-github-request-id").orElse("unknown"))));
  }
}
