package dev.knight.gateway;

import dev.knight.job.Secret;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One way of asking a model, as pi 1.5.2 speaks it. pi appends its path to the base URL that it was
 * given, so the same path goes after the provider's.
 */
enum Api {
  /** OpenAI's older way, which most others copied. */
  CHAT_COMPLETIONS,
  /** OpenAI's newer way. */
  RESPONSES,
  /** Anthropic's. */
  MESSAGES,
  /** Google's: the model is named in the path. */
  GENERATE_CONTENT;

  /** The paths that ask one of {@code models}; no other path is served. */
  Stream<String> paths(Set<String> models) {
    return switch (this) {
      case CHAT_COMPLETIONS -> Stream.of("/chat/completions");
      case RESPONSES -> Stream.of("/responses");
      case MESSAGES -> Stream.of("/v1/messages");
      case GENERATE_CONTENT ->
          models.stream()
              .flatMap(model ->
                  Stream.of("streamGenerateContent", "generateContent")
                      .map(verb -> "/models/" + model + ":" + verb));
    };
  }

  /** Whether the body names the model; otherwise the path does. */
  boolean namesModelInBody() {
    return switch (this) {
      case CHAT_COMPLETIONS, RESPONSES, MESSAGES -> true;
      case GENERATE_CONTENT -> false;
    };
  }

  /** The query parameters that pi sends; no other one is passed on. */
  Set<String> parameters() {
    return switch (this) {
      case CHAT_COMPLETIONS, RESPONSES -> Set.of();
      case MESSAGES -> Set.of("beta=true");
      case GENERATE_CONTENT -> Set.of("alt=sse");
    };
  }

  /** The header in which the provider wants its key. */
  String keyHeader() {
    return switch (this) {
      case CHAT_COMPLETIONS, RESPONSES -> "authorization";
      case MESSAGES -> "x-api-key";
      case GENERATE_CONTENT -> "x-goog-api-key";
    };
  }

  /** {@code key} as {@link #keyHeader} wants it. */
  String keyValue(Secret key) {
    return switch (this) {
      case CHAT_COMPLETIONS, RESPONSES -> "Bearer " + key.reveal();
      case MESSAGES, GENERATE_CONTENT -> key.reveal();
    };
  }

  /** {@code refusal} as the provider would have put it, so that pi understands. */
  JsonObject body(Refusal refusal) {
    Refusal.Reason reason = refusal.reason();
    return switch (this) {
      case CHAT_COMPLETIONS, RESPONSES ->
          error("message", refusal.message(), "type", reason.type());
      case MESSAGES ->
          error("message", refusal.message(), "type", reason.type()).put("type", "error");
      case GENERATE_CONTENT -> {
        JsonObject body = error("message", refusal.message(), "status", reason.name());
        body.getJsonObject("error").put("code", reason.status());
        yield body;
      }
    };
  }

  private static JsonObject error(String key, String value, String otherKey, String otherValue) {
    return JsonObject.of("error", JsonObject.of(key, value, otherKey, otherValue));
  }
}
