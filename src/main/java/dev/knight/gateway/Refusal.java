package dev.knight.gateway;

import io.vertx.core.http.HttpServerResponse;

/**
 * Why the gateway answers itself.
 *
 * @param reason what kind
 * @param message one sentence; nothing of the request is repeated in it
 */
record Refusal(Reason reason, String message) implements Door.Decision, RequestBody.Read {

  /** Answers with this, in the words of {@code api}, unless pi went away. */
  void send(HttpServerResponse response, Api api) {
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(reason.status())
        .putHeader("content-type", "application/json")
        .end(api.body(this).toBuffer());
  }

  /** The kinds; each name is Google's status. */
  enum Reason {
    /** The body is no request. */
    INVALID_ARGUMENT(400, "invalid_request_error"),
    /** No open conversation has this token. */
    UNAUTHENTICATED(401, "authentication_error"),
    /** The job has used what it may; pi takes this as final. */
    FAILED_PRECONDITION(402, "billing_error"),
    /** Not through this door. */
    PERMISSION_DENIED(403, "permission_error"),
    /** The body is longer than allowed; pi takes this type as a reason to compact. */
    OUT_OF_RANGE(413, "request_too_large"),
    /** Too many questions at once. */
    RESOURCE_EXHAUSTED(429, "rate_limit_error"),
    /** The provider cannot be reached. */
    UNAVAILABLE(502, "api_error");

    private final int status;
    private final String type;

    Reason(int status, String type) {
      this.status = status;
      this.type = type;
    }

    /** HTTP's word for it. */
    int status() {
      return status;
    }

    /** Anthropic's word for it, which does for OpenAI too. */
    String type() {
      return type;
    }
  }
}
