package dev.knight;

import dev.knight.job.MisconfiguredException;
import dev.knight.job.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What knight shows to GitHub: a token, or an App's key. Files that hold them are read once, here.
 *
 * @param token the personal access token
 * @param app the GitHub App, if there is no token
 */
public record Credentials(Optional<Secret> token, Optional<AppKey> app) {
  /** More is no token and no key. */
  private static final int LARGEST = 64 * 1024;

  /**
   * A GitHub App that can sign for itself.
   *
   * @param id its number
   * @param installationId the number of its installation
   * @param privateKey its key as PEM text
   */
  public record AppKey(long id, long installationId, Secret privateKey) {}

  /**
   * The credentials that {@code github} names.
   *
   * @throws MisconfiguredException if it names none, only half of them, or a file that cannot be
   *     read
   */
  public static Credentials of(KnightConfig.GitHub github) {
    Optional<Secret> token =
        github.token().or(() -> github.tokenFile().map(file -> read("token-file", file)));
    Optional<AppKey> app = token.isPresent() ? Optional.empty() : app(github.app());
    if (token.isEmpty() && app.isEmpty()) {
      throw new MisconfiguredException(
          "knight.github.token is not set: put KNIGHT_GITHUB_TOKEN=... into secrets.env in"
              + " knight's home (chmod 600), or name a file with knight.github.token-file");
    }
    return new Credentials(token, app);
  }

  private static Optional<AppKey> app(KnightConfig.App app) {
    if (app.id().isEmpty() && app.privateKeyFile().isEmpty() && app.installationId().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new AppKey(
            app.id().orElseThrow(() -> half("id")),
            app.installationId().orElseThrow(() -> half("installation-id")),
            read(
                "app.private-key-file",
                app.privateKeyFile().orElseThrow(() -> half("private-key-file")))));
  }

  private static MisconfiguredException half(String key) {
    return new MisconfiguredException(
        "knight.github.app.%s is not set: a GitHub App needs id, installation-id and".formatted(key)
            + " private-key-file");
  }

  private static Secret read(String key, Path file) {
    try (var in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
      if (text.isBlank()) {
        throw new MisconfiguredException(
            "knight.github.%s names %s, which is empty".formatted(key, file));
      }
      return new Secret(text.strip());
    } catch (IOException unreadable) {
      throw new MisconfiguredException(
          "knight.github.%s names %s, which cannot be read".formatted(key, file), unreadable);
    }
  }
}
