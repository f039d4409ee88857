package dev.knight.gateway;

import dev.knight.job.Secret;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  /** The model that {@code path}, one of {@link #paths}, names; null where the body does. */
  @Nullable String modelIn(String path) {
    return switch (this) {
      case CHAT_COMPLETIONS, RESPONSES, MESSAGES -> null;
      case GENERATE_CONTENT -> path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf(':'));
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

  /** What of an answer a number counts. */
  enum Count {
    /** Tokens read. */
    READ,
    /** Tokens written. */
    WRITTEN,
    /** Tokens written that nobody sees, where they are not among {@link #WRITTEN}. */
    THOUGHT,
    /** Tokens that a cache had. */
    CACHE_READ,
    /** Tokens that a cache took. */
    CACHE_WRITE,
    /** Something else. */
    NOTHING
  }

  /** What the number at {@code place} of an answer counts, as pi 1.5.2 reads it. */
  Count count(String place) {
    return switch (this) {
      case CHAT_COMPLETIONS -> chat(place);
      case RESPONSES ->
          switch (without("response.", place)) {
            case "usage.input_tokens" -> Count.READ;
            case "usage.output_tokens" -> Count.WRITTEN;
            case "usage.input_tokens_details.cached_tokens" -> Count.CACHE_READ;
            case "usage.input_tokens_details.cache_write_tokens" -> Count.CACHE_WRITE;
            default -> Count.NOTHING;
          };
      case MESSAGES ->
          switch (without("message.", place)) {
            case "usage.input_tokens" -> Count.READ;
            case "usage.output_tokens" -> Count.WRITTEN;
            case "usage.cache_read_input_tokens" -> Count.CACHE_READ;
            case "usage.cache_creation_input_tokens" -> Count.CACHE_WRITE;
            default -> Count.NOTHING;
          };
      case GENERATE_CONTENT ->
          switch (place) {
            case "usageMetadata.promptTokenCount" -> Count.READ;
            case "usageMetadata.candidatesTokenCount" -> Count.WRITTEN;
            case "usageMetadata.thoughtsTokenCount" -> Count.THOUGHT;
            case "usageMetadata.cachedContentTokenCount" -> Count.CACHE_READ;
            default -> Count.NOTHING;
          };
    };
  }

  /** Some who copied it count within their one choice. */
  private static Count chat(String place) {
    return switch (without("choices.", place)) {
      case "usage.prompt_tokens" -> Count.READ;
      case "usage.completion_tokens" -> Count.WRITTEN;
      case "usage.prompt_tokens_details.cached_tokens",
          "usage.prompt_cache_hit_tokens",
          "usage.cached_tokens" ->
          Count.CACHE_READ;
      case "usage.prompt_tokens_details.cache_write_tokens" -> Count.CACHE_WRITE;
      default -> Count.NOTHING;
    };
  }

  private static String without(String prefix, String place) {
    return place.startsWith(prefix) ? place.substring(prefix.length()) : place;
  }

  /** Whether tokens of the cache are among those that it says were read. */
  boolean countsCacheAsRead() {
    return switch (this) {
      case CHAT_COMPLETIONS, RESPONSES, GENERATE_CONTENT -> true;
      case MESSAGES -> false;
    };
  }

  /**
   * Whether an answer counts before it is at its end, so that one that is cut off says too little.
   */
  boolean goesOnCounting() {
    return switch (this) {
      case CHAT_COMPLETIONS, RESPONSES -> false;
      case MESSAGES, GENERATE_CONTENT -> true;
    };
  }

  /** Whether a value at {@code place} of an answer says that it is counted to its end. */
  boolean isLast(String place) {
    return switch (this) {
      case CHAT_COMPLETIONS, RESPONSES -> count(place) == Count.WRITTEN;
      case MESSAGES -> place.equals("usage.output_tokens");
      case GENERATE_CONTENT -> place.equals("candidates.finishReason");
    };
  }

  /** Whether a word at {@code place} of an answer is one that the model wrote. */
  boolean isWritten(String place) {
    String name = place.substring(place.lastIndexOf('.') + 1);
    return switch (this) {
      case CHAT_COMPLETIONS ->
          place.startsWith("choices.")
              && Set.of("content", "reasoning_content", "reasoning", "arguments", "refusal")
                  .contains(name);
      case RESPONSES -> name.equals("delta") || place.startsWith("output.");
      case MESSAGES -> Set.of("text", "thinking", "partial_json").contains(name);
      case GENERATE_CONTENT -> place.startsWith("candidates.content.parts.");
    };
  }

  private static JsonObject error(String key, String value, String otherKey, String otherValue) {
    return JsonObject.of("error", JsonObject.of(key, value, otherKey, otherValue));
  }
}
