package dev.knight.gateway;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Who answers for a model, as far as the gateway must tell them apart. */
enum Provider {
  /** OpenAI itself. */
  OPENAI,
  /** Anthropic itself. */
  ANTHROPIC,
  /** Google's Gemini API. */
  GOOGLE,
  /** Everybody else: they copied one of the first two. */
  COMPATIBLE;

  /** The one that {@code knight.model.provider} means. */
  static Provider of(String name) {
    return switch (name) {
      case "openai" -> OPENAI;
      case "anthropic" -> ANTHROPIC;
      case "google" -> GOOGLE;
      default -> COMPATIBLE;
    };
  }

  /** Where it answers: the addresses of pi 1.5.2's own catalogue. */
  Optional<URI> baseUrl() {
    return switch (this) {
      case OPENAI -> Optional.of(URI.create("https://api.openai.com/v1"));
      case ANTHROPIC -> Optional.of(URI.create("https://api.anthropic.com"));
      case GOOGLE -> Optional.of(URI.create("https://generativelanguage.googleapis.com/v1beta"));
      case COMPATIBLE -> Optional.empty();
    };
  }

  /** What pi may ask of it, the usual way first. */
  List<Api> apis() {
    return switch (this) {
      case OPENAI -> List.of(Api.CHAT_COMPLETIONS, Api.RESPONSES);
      case ANTHROPIC -> List.of(Api.MESSAGES);
      case GOOGLE -> List.of(Api.GENERATE_CONTENT);
      case COMPATIBLE -> List.of(Api.CHAT_COMPLETIONS, Api.RESPONSES, Api.MESSAGES);
    };
  }
}
