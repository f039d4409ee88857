package dev.knight;

import dev.knight.cli.Version;
import dev.knight.hygiene.Redactor;
import dev.knight.job.JobStore;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.Secret;
import dev.knight.notify.Format;
import dev.knight.notify.Notifier;
import dev.knight.notify.NotifySettings;
import dev.knight.notify.Occasion;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;

/** How people are told of jobs, as the owner set it. */
final class NoticeWiring {
  private static final String URL_FILE = "knight.notify.url-file";

  @Produces
  @Singleton
  Notifier notifier(KnightConfig config, JobStore store, Redactor redactor, InstantSource clock) {
    return new Notifier(store, settings(config.notices()), System.getenv(), redactor, clock);
  }

  /**
   * What {@code config} says.
   *
   * @throws MisconfiguredException if a file cannot be read, or notices would go through a network
   *     where others can read them
   */
  static NotifySettings settings(KnightConfig.Notify config) {
    return new NotifySettings(
        config.on().stream()
            .flatMap(word -> Occasion.named(word).stream())
            .collect(Collectors.toUnmodifiableSet()),
        secret(config.url(), URL_FILE, config.urlFile()).map(url -> post(url, config)),
        config.command(),
        "knight/" + Version.number());
  }

  private static NotifySettings.Post post(Secret url, KnightConfig.Notify config) {
    refuseUnsafe(url, config.plainHttp());
    return new NotifySettings.Post(
        url,
        switch (config.format()) {
          case JSON -> Format.JSON;
          case SLACK -> Format.SLACK;
          case NTFY -> Format.NTFY;
        },
        secret(config.secret(), "knight.notify.secret-file", config.secretFile()),
        secret(config.token(), "knight.notify.token-file", config.tokenFile()));
  }

  private static Optional<Secret> secret(Optional<Secret> set, String key, Optional<Path> file) {
    return set.or(() -> file.map(it -> SecretFile.read(key, it)));
  }

  /** What a file holds was not looked at yet. */
  private static void refuseUnsafe(Secret url, boolean plainHttp) {
    if (!Expectation.webhook().isMetBy(url.reveal())) {
      throw new MisconfiguredException(
          "%s names a file that does not hold an http or https address".formatted(URL_FILE));
    }
    URI address = URI.create(url.reveal());
    if (!"https".equals(address.getScheme()) && !Loopback.is(address.getHost()) && !plainHttp) {
      throw new MisconfiguredException(
          ("knight.notify.url is plain http to %s, and others on the way could read what is told:"
                  + " use https, or set knight.notify.plain-http: true")
              .formatted(address.getHost()));
    }
  }
}
