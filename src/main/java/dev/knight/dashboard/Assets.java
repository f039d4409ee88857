package dev.knight.dashboard;

import static java.util.Objects.requireNonNull;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Stylesheet, scripts and icon. Each is reached by a name that changes with its content, so that a
 * browser may keep it for good and still never shows the looks of another version.
 */
@Singleton
final class Assets {
  static final String ROOT = "/assets/";

  private static final int DIGITS = 16;

  private final Map<String, Asset> byPath;
  private final Map<String, Asset> byName;

  Assets() {
    List<Asset> all =
        List.of(
            Asset.of("knight", "css", "text/css"),
            Asset.of("knight", "js", "text/javascript"),
            Asset.of("theme", "js", "text/javascript"),
            Asset.of("knight", "svg", "image/svg+xml"));
    this.byPath = all.stream().collect(Collectors.toMap(Asset::path, Function.identity()));
    this.byName = all.stream().collect(Collectors.toMap(Asset::name, Function.identity()));
  }

  /** A file that belongs to the looks. */
  record Asset(String name, String path, String type, String text) {
    private static Asset of(String name, String ending, String type) {
      String file = name + "." + ending;
      try (InputStream in = Assets.class.getResourceAsStream("/dashboard/" + file)) {
        byte[] bytes = requireNonNull(in, file).readAllBytes();
        return new Asset(
            file,
            "%s%s.%s.%s".formatted(ROOT, name, digest(bytes), ending),
            type,
            new String(bytes, StandardCharsets.UTF_8));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(file + " of the dashboard cannot be read", unreadable);
      }
    }
  }

  /**
   * The paths of what a page looks like.
   *
   * @param theme the script that runs before anything is shown
   */
  record Looks(String stylesheet, String script, String theme, String icon) {}

  /** What is served at {@code path}, if anything. */
  Optional<Asset> at(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  /** Where the looks of a page are. */
  Looks looks() {
    return new Looks(path("knight.css"), path("knight.js"), path("theme.js"), path("knight.svg"));
  }

  private String path(String name) {
    return requireNonNull(byName.get(name)).path();
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java platform has SHA-256", missing);
    }
  }
}
