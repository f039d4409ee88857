package dev.knight;

import dev.knight.api.ApiToken;
import dev.knight.home.KnightHome;
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

  /** Who may come in by HTTP. */
  @Produces
  @Singleton
  DoorRules doorRules(KnightHome home, KnightConfig config) {
    return new DoorRules(config.http().host(), ApiToken.readOrMake(home.apiToken()));
  }
}
