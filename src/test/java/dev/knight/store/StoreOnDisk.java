package dev.knight.store;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The application with nothing but its store: a real file, no timer, a port that nobody asks. */
public final class StoreOnDisk implements QuarkusTestProfile {
  /** Names the home of the store; without it the store lies in a new temporary directory. */
  static final String HOME = "store-test.home";

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "quarkus.datasource.jdbc.url", StoreUrl.of(home(), Optional.empty()),
        "quarkus.scheduler.enabled", "false",
        "quarkus.http.test-port", "0");
  }

  private static Path home() {
    try {
      String named = System.getProperty(HOME, "");
      return named.isEmpty() ? Files.createTempDirectory("knight-store") : Path.of(named);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
