package dev.knight.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knight.home.KnightHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * pi's private directory: which model it may ask, and how it behaves. One for each conversation,
 * because whatever runs under pi can write it.
 */
final class PiDirectory {
  /** The name under which pi knows a model that is in no catalogue of its own. */
  static final String OWN_PROVIDER = "knight";

  /** Windows of a model that nobody described; pi's own defaults. */
  private static final int CONTEXT = 128_000;

  private static final int ANSWER = 16_384;

  private static final int RETRIES = 3;

  private final KnightHome home;
  private final ObjectMapper json = new ObjectMapper();

  PiDirectory(KnightHome home) {
    this.home = home;
  }

  /** Where it is. */
  Path path(String name) {
    return home.bridge(name).resolve("agent");
  }

  /**
   * What tells one request's models from another's, and gives nothing away. What lies in the
   * directory by now is no answer to that: pi can write it.
   */
  String fingerprint(SessionRequest request) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(models(request));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }

  /** Makes it anew; sessions are elsewhere. */
  void write(SessionRequest request, AgentSettings settings) throws IOException {
    Path directory = home.make(path(request.name()));
    write(directory.resolve("models.json"), models(request));
    write(directory.resolve("settings.json"), settings(request, settings));
  }

  /** The provider by which pi knows the model. */
  static String provider(SessionRequest.Model model) {
    return model.provider().equals("openai-compatible") ? OWN_PROVIDER : model.provider();
  }

  /**
   * A provider of pi's own keeps its models, prices and windows; only where it is and what opens
   * the door are replaced. pi appends to the address what it would append to the provider's own.
   */
  private byte[] models(SessionRequest request) throws IOException {
    ObjectNode root = json.createObjectNode();
    ObjectNode provider =
        root.putObject("providers")
            .putObject(provider(request.model()))
            .put("baseUrl", request.gateway().toString().replaceAll("/+$", ""))
            .put("apiKey", literal(request.gatewayToken().reveal()));
    if (provider(request.model()).equals(OWN_PROVIDER)) {
      describe(provider.put("api", "openai-completions"), request.model().name());
    }
    return json.writeValueAsBytes(root);
  }

  /** Asks for nothing that a copy of OpenAI's old API may not know. */
  private static void describe(ObjectNode provider, String model) {
    provider
        .putObject("compat")
        .put("supportsDeveloperRole", false)
        .put("supportsReasoningEffort", false)
        .put("maxTokensField", "max_tokens");
    ObjectNode described =
        provider
            .putArray("models")
            .addObject()
            .put("id", model)
            .put("contextWindow", CONTEXT)
            .put("maxTokens", ANSWER);
    described
        .putObject("cost")
        .put("input", 0)
        .put("output", 0)
        .put("cacheRead", 0)
        .put("cacheWrite", 0);
  }

  /** pi would take {@code $NAME} for a variable and {@code !x} for a command. */
  private static String literal(String token) {
    String escaped = token.replace("$", "$$");
    return escaped.startsWith("!") ? "$" + escaped : escaped;
  }

  private byte[] settings(SessionRequest request, AgentSettings settings) throws IOException {
    ObjectNode root =
        json.createObjectNode()
            .put("defaultProvider", provider(request.model()))
            .put("defaultModel", request.model().name())
            .put("defaultProjectTrust", "never")
            .put("enableInstallTelemetry", false)
            .put("cacheWarming", "off")
            // pi gives up on a silent model, and asks again, before knight gives up on pi
            .put("httpIdleTimeoutMs", Math.max(1, request.stall().toMillis() * 4 / 5));
    root.putObject("retry")
        .put("enabled", true)
        .put("maxRetries", RETRIES)
        .put("baseDelayMs", settings.retryDelay().toMillis());
    return json.writeValueAsBytes(root);
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, content);
  }
}
