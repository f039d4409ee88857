package dev.knight.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * The cheapest question that a model can be asked, as pi would ask it: whether it answers at all.
 *
 * @param address where to
 * @param headers the key among them: never shown
 * @param body JSON
 */
public record ShortQuestion(URI address, Map<String, String> headers, String body) {
  private static final String WORDS = "Say ok.";

  /** OpenAI takes no less. */
  private static final int FEW = 16;

  /** Keeps its own copy. */
  public ShortQuestion {
    headers = Map.copyOf(headers);
  }

  /** The question to {@code model}, where {@code settings} say that models are asked. */
  public static ShortQuestion of(ModelSettings settings, String model) {
    Api api =
        switch (Provider.of(settings.provider())) {
          // What pi asks it by, and all its models answer to.
          case OPENAI -> Api.RESPONSES;
          case ANTHROPIC -> Api.MESSAGES;
          case GOOGLE -> Api.GENERATE_CONTENT;
          case COMPATIBLE -> Api.CHAT_COMPLETIONS;
        };
    String path =
        switch (api) {
          case CHAT_COMPLETIONS -> "/chat/completions";
          case RESPONSES -> "/responses";
          case MESSAGES -> "/v1/messages";
          case GENERATE_CONTENT -> "/models/" + model + ":generateContent";
        };
    Map<String, String> headers = new HashMap<>();
    headers.put("content-type", "application/json");
    headers.put("accept", "application/json");
    if (api == Api.MESSAGES) {
      headers.put("anthropic-version", "2023-06-01");
    }
    settings.apiKey().ifPresent(key -> headers.put(api.keyHeader(), api.keyValue(key)));
    return new ShortQuestion(
        URI.create(settings.address() + path), headers, body(api, model).encode());
  }

  private static JsonObject body(Api api, String model) {
    JsonArray messages = JsonArray.of(JsonObject.of("role", "user", "content", WORDS));
    return switch (api) {
      case CHAT_COMPLETIONS, MESSAGES ->
          JsonObject.of("model", model, "max_tokens", 1, "messages", messages);
      case RESPONSES ->
          JsonObject.of("model", model, "max_output_tokens", FEW, "store", false, "input", WORDS);
      case GENERATE_CONTENT ->
          JsonObject.of(
              "contents",
              JsonArray.of(
                  JsonObject.of(
                      "role", "user", "parts", JsonArray.of(JsonObject.of("text", WORDS)))),
              "generationConfig",
              JsonObject.of("maxOutputTokens", 1));
    };
  }

  /** Nothing of the headers. */
  @Override
  public String toString() {
    return "POST " + address.getRawPath();
  }
}
