package dev.knight;

import dev.knight.api.ApiToken;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.web.DoorRules;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** The beans that no package makes for itself. */
final class Wiring {
  /** The home that {@link Main} has found. */
  @Produces
  @Singleton
  KnightHome home() {
    return Optional.ofNullable(System.getProperty(HomeConfigSources.HOME))
        .map(root -> new KnightHome(Path.of(root)))
        .orElseGet(() -> KnightHome.of(System.getenv()));
  }

  /** The one clock. */
  @Produces
  @Singleton
  InstantSource clock() {
    return InstantSource.system();
  }

  /** What must never be shown. */
  @Produces
  @Singleton
  KnownSecrets secrets(KnightHome home, KnightConfig config) {
    return Credentials.known(home, config);
  }

  @Produces
  @Singleton
  Redactor redactor(KnownSecrets secrets) {
    Redactor redactor = new Redactor(secrets);
    LogFilter.teach(redactor);
    return redactor;
  }

  /** Who may come in by HTTP. */
  @Produces
  @Singleton
  DoorRules doorRules(KnightHome home, KnightConfig config) {
    ApiToken token = ApiToken.readOrMake(home.apiToken());
    Optional<ApiToken> metrics = config.http().metricsTokenFile().map(ApiToken::readOrMake);
    return new DoorRules(config.http().host(), config.http().publicUrl(), token, metrics);
  }
}
