package dev.knight;

import dev.knight.api.ApiToken;
import dev.knight.cli.Version;
import dev.knight.dashboard.DashboardSettings;
import dev.knight.github.GitHubSettings;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.web.DoorRules;
import dev.knight.web.Logins;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
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

  @Produces
  @Singleton
  Logins logins(KnightHome home, InstantSource clock) {
    return new Logins(home.logins(), clock);
  }

  /** What the pages of the dashboard know of the program. */
  @Produces
  @Singleton
  DashboardSettings dashboard(KnightConfig config) {
    URI api = config.github().apiUrl();
    String host = GitHubSettings.of(api, Version.number()).webAuthority();
    return new DashboardSettings(
        Version.number(),
        URI.create("%s://%s".formatted(api.getScheme(), host)),
        config.github().trigger().map(List::getFirst).orElse("knight"));
  }

  /** Who may come in by HTTP. */
  @Produces
  @Singleton
  DoorRules doorRules(KnightHome home, KnightConfig config, Logins logins) {
    ApiToken token = ApiToken.readOrMake(home.apiToken());
    Optional<ApiToken> metrics = config.http().metricsTokenFile().map(ApiToken::readOrMake);
    return new DoorRules(config.http().host(), config.http().publicUrl(), token, metrics, logins);
  }
}
