package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A request that GitHub refuses, in GitHub's words. */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String DOCUMENTATION = "https://docs.github.com/rest";

  private final int status;
  private final transient ObjectNode body;
  private final transient Map<String, String> headers;

  private ApiError(int status, String message, Map<String, String> headers) {
    super(message);
    this.status = status;
    this.headers = headers;
    this.body =
        Json.object()
            .put("message", message)
            .put("documentation_url", DOCUMENTATION)
            .put("status", String.valueOf(status));
  }

  static ApiError of(int status, String message) {
    return new ApiError(status, message, Map.of());
  }

  static ApiError notFound() {
    return of(404, "Not Found");
  }

  static ApiError archived() {
    return of(403, "Repository was archived so is read-only.");
  }

  /** The token lacks a permission; the header names the one that it needs. */
  static ApiError lacking(String permission) {
    return new ApiError(
        403,
        "Resource not accessible by personal access token",
        Map.of("x-accepted-github-permissions", permission));
  }

  static ApiError notSupplied(String field) {
    ApiError failure = of(422, "Invalid request.\n\n\"%s\" wasn't supplied.".formatted(field));
    failure.body.remove("status");
    return failure;
  }

  /** A review that does not fit the change. */
  static ApiError unprocessable(String message) {
    ApiError failure = of(422, "Unprocessable Entity");
    failure.body.remove("status");
    failure.body.putArray("errors").add(message);
    return failure;
  }

  /** A validation error of one field. */
  static ApiError invalid(String resource, String field, String code) {
    return validation(
        Json.object().put("resource", resource).put("field", field).put("code", code));
  }

  /** A validation error with a sentence. */
  static ApiError custom(String resource, String message) {
    return validation(
        Json.object().put("resource", resource).put("code", "custom").put("message", message));
  }

  /** A text over the limit. */
  static ApiError tooLong(String resource, String field, int limit) {
    return validation(
        Json.object()
            .put("resource", resource)
            .put("code", "unprocessable")
            .put("field", field)
            .put("message", "Body is too long (maximum is %d characters)".formatted(limit)));
  }

  private static ApiError validation(ObjectNode error) {
    ApiError failure = of(422, "Validation Failed");
    failure.body.remove("status"); // Not described for these.
    ArrayNode errors = failure.body.putArray("errors");
    errors.add(error);
    return failure;
  }

  Answer answer() {
    return new Answer(status, body, headers);
  }
}
