package dev.knight;

import dev.knight.github.AppKey;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What knight shows to GitHub: a token, or an App's key. The token's file is looked at again: see
 * {@link TokenFile}.
 *
 * @param token the personal access token
 * @param app the GitHub App, if there is no token
 */
public record Credentials(Optional<Secret> token, Optional<AppKey> app) {
  /** Names the file with the token. */
  static final String TOKEN_FILE = "knight.github.token-file";

  /**
   * The credentials that {@code github} names.
   *
   * @throws MisconfiguredException if it names none, only half of them, or a file that cannot be
   *     read
   */
  public static Credentials of(KnightConfig.GitHub github) {
    Optional<Secret> token =
        github.token().or(() -> github.tokenFile().map(file -> SecretFile.read(TOKEN_FILE, file)));
    Optional<AppKey> app = token.isPresent() ? Optional.empty() : app(github.app());
    if (token.isEmpty() && app.isEmpty()) {
      throw new MisconfiguredException(
          "knight.github.token is not set: run knight init, or put KNIGHT_GITHUB_TOKEN=... into"
              + " secrets.env in knight's home (chmod 600)");
    }
    return new Credentials(token, app);
  }

  /**
   * The key for the model's provider, if there is one.
   *
   * @throws MisconfiguredException if its file cannot be read
   */
  static Optional<Secret> modelKey(KnightConfig.Model model) {
    return model
        .apiKey()
        .or(() ->
            model.apiKeyFile().map(file -> SecretFile.read("knight.model.api-key-file", file)));
  }

  /** Every secret that the settings and {@code home} hold, as far as it can be read. */
  static KnownSecrets known(KnightHome home, KnightConfig config) {
    Stream<Optional<Secret>> set =
        Stream.of(
            config.github().token(),
            config.model().apiKey(),
            config.notices().url(),
            config.notices().secret(),
            config.notices().token());
    Stream<Optional<Secret>> inFiles =
        Stream.of(
                config.github().tokenFile(),
                config.github().app().privateKeyFile(),
                config.model().apiKeyFile(),
                config.notices().urlFile(),
                config.notices().secretFile(),
                config.notices().tokenFile(),
                Optional.of(home.apiToken()))
            .flatMap(Optional::stream)
            .map(Credentials::read);
    return new KnownSecrets(
        Stream.concat(set, inFiles).flatMap(Optional::stream).toArray(Secret[]::new));
  }

  /** Whoever needs it says what is wrong with it. */
  private static Optional<Secret> read(Path file) {
    try {
      return Optional.of(SecretFile.read("A setting", file));
    } catch (MisconfiguredException _) {
      return Optional.empty();
    }
  }

  private static Optional<AppKey> app(KnightConfig.App app) {
    if (app.id().isEmpty() && app.privateKeyFile().isEmpty() && app.installationId().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        AppKey.of(
            app.id().orElseThrow(() -> half("id")),
            app.installationId().orElseThrow(() -> half("installation-id")),
            SecretFile.read(
                "knight.github.app.private-key-file",
                app.privateKeyFile().orElseThrow(() -> half("private-key-file")))));
  }

  private static MisconfiguredException half(String key) {
    return new MisconfiguredException(
        "knight.github.app.%s is not set: a GitHub App needs id, installation-id and".formatted(key)
            + " private-key-file");
  }
}
