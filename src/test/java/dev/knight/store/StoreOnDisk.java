package dev.knight.store;

import dev.knight.home.KnightHome;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The application around its store: a real file, no timer, a home and a port of its own. */
public final class StoreOnDisk implements QuarkusTestProfile {
  /** Names the home of the store; without it the home is a new temporary directory. */
  static final String HOME = "store-test.home";

  @Override
  public Map<String, String> getConfigOverrides() {
    Path home = home();
    return Map.of(
        HOME,
        home.toString(),
        StoreUrl.PROPERTY,
        StoreUrl.of(home, Optional.empty()),
        "quarkus.http.test-port",
        "0");
  }

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(Home.class);
  }

  private static Path home() {
    try {
      String named = System.getProperty(HOME, "");
      return named.isEmpty() ? Files.createTempDirectory("knight-store") : Path.of(named);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The rest of the application looks at the same home. */
  @Alternative
  @Singleton
  static final class Home {
    @Produces
    @Singleton
    KnightHome home(@ConfigProperty(name = HOME) String home) {
      return new KnightHome(Path.of(home));
    }
  }
}
