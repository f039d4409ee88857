package dev.knight;

import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import dev.knight.sandbox.Bubblewrap;
import dev.knight.sandbox.JailProof;
import dev.knight.sandbox.Jails;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
    problems(config)
        .findFirst()
        .ifPresent(first -> {
          throw first;
        });
  }

  /** What keeps the service from working with {@code config}, each as {@link #check} says it. */
  static Stream<MisconfiguredException> problems(KnightConfig config) {
    return Stream.<Runnable>of(
            () -> Credentials.of(config.github()),
            () -> checkRepositories(config.github()),
            () -> checkModel(config.model()),
            () -> Prices.of(config.model().price(), "price"),
            () -> Prices.of(config.model().reviewPrice(), "review-price"),
            () -> checkHttp(config.http()),
            () -> NoticeWiring.settings(config.notices()))
        .flatMap(look -> problem(look).stream());
  }

  private static Optional<MisconfiguredException> problem(Runnable look) {
    try {
      look.run();
      return Optional.empty();
    } catch (MisconfiguredException found) {
      return Optional.of(found);
    }
  }

  private static void checkRepositories(KnightConfig.GitHub github) {
    if (github.repositories().isEmpty()) {
      throw new MisconfiguredException(
          "knight.github.repositories is not set: list the repositories, as owner/name, that knight"
              + " may work on, or run knight init");
    }
  }

  /**
   * The jail that {@code config} asks for, not yet tried.
   *
   * @throws MisconfiguredException when this machine has nothing to make one with
   */
  static Bubblewrap jail(KnightHome home, KnightConfig config, Map<String, String> environment) {
    return jail(home, config.agent().paths().orElse(List.of()), environment);
  }

  /** The same, that shows {@code shown} besides the system. */
  static Bubblewrap jail(KnightHome home, List<Path> shown, Map<String, String> environment) {
    // What the machine has goes before what knight init has fetched.
    String path = environment.getOrDefault("PATH", USUAL_PATH) + ":" + home.programs();
    return Jails.find(path, shown, home);
  }

  /** Why this machine has no jail that holds; empty if it has one. */
  static Optional<String> obstacle(KnightHome home, Map<String, String> environment) {
    try {
      new JailProof(home).check(jail(home, List.of(), environment));
      return Optional.empty();
    } catch (MisconfiguredException none) {
      return Optional.of(String.valueOf(none.getMessage()));
    }
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
    return new MisconfiguredException(
        "knight.model.%s is not set: run knight init, or write %s".formatted(key, what));
  }
}
