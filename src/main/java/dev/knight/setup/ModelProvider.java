package dev.knight.setup;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody who has models.
 *
 * @param name what {@code knight.model.provider} calls it, as pi does
 * @param label what people call it
 * @param variables in which its key is looked for; the first is the one that pi reads
 * @param baseUrl where it answers, where knight does not know by itself
 */
record ModelProvider(String name, String label, List<String> variables, Optional<URI> baseUrl) {
  /** Anybody who has copied one of the large ones, as most programs on one's own machine have. */
  static final ModelProvider COMPATIBLE =
      new ModelProvider(
          "openai-compatible",
          "OpenAI-compatible: Ollama, vLLM, LM Studio, ...",
          List.of(),
          Optional.empty());

  /** Those that can be reached by one address and one key: those of docs/pi.md. */
  static final List<ModelProvider> ALL =
      List.of(
          known("anthropic", "Anthropic", "ANTHROPIC_API_KEY"),
          known("openai", "OpenAI", "OPENAI_API_KEY"),
          known("google", "Google Gemini", "GEMINI_API_KEY", "GOOGLE_API_KEY"),
          at("openrouter", "OpenRouter", "OPENROUTER_API_KEY", "https://openrouter.ai/api/v1"),
          at("xai", "xAI", "XAI_API_KEY", "https://api.x.ai/v1"),
          at("groq", "Groq", "GROQ_API_KEY", "https://api.groq.com/openai/v1"),
          at("cerebras", "Cerebras", "CEREBRAS_API_KEY", "https://api.cerebras.ai/v1"),
          at("together", "Together AI", "TOGETHER_API_KEY", "https://api.together.ai/v1"),
          at("nvidia", "NVIDIA NIM", "NVIDIA_API_KEY", "https://integrate.api.nvidia.com/v1"),
          at("zai", "Z.ai coding plan", "ZAI_API_KEY", "https://api.z.ai/api/coding/paas/v4"),
          COMPATIBLE);

  /** The one called {@code name}; one that is not in the list is pi's to know. */
  static ModelProvider named(String name) {
    return ALL.stream()
        .filter(one -> one.name.equals(name))
        .findFirst()
        .orElse(new ModelProvider(name, name, List.of(), Optional.empty()));
  }

  /** Whether a model of it may need no key. */
  boolean isCompatible() {
    return name.equals(COMPATIBLE.name);
  }

  /** The variable of {@code environment} that has its key. */
  Optional<String> variable(Map<String, String> environment) {
    return variables.stream()
        .filter(variable -> !environment.getOrDefault(variable, "").isBlank())
        .findFirst();
  }

  private static ModelProvider known(String name, String label, String... variables) {
    return new ModelProvider(name, label, List.of(variables), Optional.empty());
  }

  private static ModelProvider at(String name, String label, String variable, String baseUrl) {
    return new ModelProvider(name, label, List.of(variable), Optional.of(URI.create(baseUrl)));
  }
}
