package dev.knight;

import dev.knight.KnightConfig.Sandbox;
import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import dev.knight.sandbox.Bubblewrap;
import dev.knight.sandbox.Jails;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What must be set before work can be done, looked at before anything starts. */
final class Preflight {
  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

  private Preflight() {}

  /**
   * Passes if the service could work with {@code config}.
   *
   * @throws MisconfiguredException naming the first key that is missing or cannot be met
   */
  static void check(KnightConfig config) {
    Credentials.of(config.github());
    if (config.github().repositories().isEmpty()) {
      throw new MisconfiguredException(
          "knight.github.repositories is not set: list the repositories, as owner/name, that knight"
              + " may work on");
    }
    checkModel(config.model());
    checkHttp(config.http());
    if (config.sandbox() != Sandbox.NONE) {
      throw new MisconfiguredException(
          ("knight.sandbox is '%s', but this version has no sandbox yet: set knight.sandbox: none"
                  + " (KNIGHT_SANDBOX=none) to run pi without one, and read SECURITY in the README"
                  + " first.")
              .formatted(config.sandbox().name().toLowerCase(Locale.ROOT)));
    }
  }

  /**
   * The jail that {@code config} asks for, not yet tried.
   *
   * @throws MisconfiguredException when this machine has nothing to make one with
   */
  static Bubblewrap jail(KnightHome home, KnightConfig config, Map<String, String> environment) {
    String path = environment.getOrDefault("PATH", USUAL_PATH);
    return Jails.find(path, config.agent().paths().orElse(List.of()), home);
  }

  /** What goes over a network without TLS can be read there, the API's token first of all. */
  private static void checkHttp(KnightConfig.Http http) {
    if (!Loopback.is(http.host()) && !http.behindProxy()) {
      throw new MisconfiguredException(
          ("knight.http.host is '%s', which other machines can reach: leave it at 127.0.0.1, or put"
                  + " a proxy with TLS in front and set knight.http.behind-proxy: true and"
                  + " knight.http.public-url")
              .formatted(http.host()));
    }
  }

  private static void checkModel(KnightConfig.Model model) {
    if (model.provider().isEmpty()) {
      throw missing("provider", "anthropic, openai, google or another that pi knows");
    }
    if (model.name().isEmpty()) {
      throw missing("name", "the model's name at its provider");
    }
    boolean own = model.provider().get().equals("openai-compatible");
    if (own && model.baseUrl().isEmpty()) {
      throw missing("base-url", "where the openai-compatible provider listens");
    }
    if (!own && Credentials.modelKey(model).isEmpty()) {
      throw missing("api-key", "KNIGHT_MODEL_API_KEY=... in secrets.env in knight's home");
    }
  }

  private static MisconfiguredException missing(String key, String what) {
    return new MisconfiguredException("knight.model.%s is not set: write %s".formatted(key, what));
  }
}
