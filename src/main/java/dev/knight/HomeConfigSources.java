package dev.knight;

import dev.knight.home.KnightHome;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Gives the service the settings that {@link Main} has checked before. It has a value for every
 * key, and stands above the environment, so that nothing else on the way (a {@code .env} file in
 * the working directory, say) can set one.
 */
public final class HomeConfigSources implements ConfigSourceFactory {
  /** Names the home; without it nothing is loaded, as in tests of a part. */
  static final String HOME = "dev.knight.home";

  /** Names the file that {@code --config} gave, if it did. */
  static final String FILE = "dev.knight.config";

  /** Above environment variables (300), below system properties (400). */
  private static final int ORDINAL = 350;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    String home = System.getProperty(HOME);
    if (home == null) {
      return List.of();
    }
    Optional<Path> file = Optional.ofNullable(System.getProperty(FILE)).map(Path::of);
    Settings settings = Settings.load(new KnightHome(Path.of(home)), file, System.getenv());
    return List.of(new PropertiesConfigSource(literal(settings.effective()), "knight", ORDINAL));
  }

  /** A value is what it is: the framework would take a dollar sign for the start of a reference. */
  private static Map<String, String> literal(Map<String, String> values) {
    Map<String, String> literal = new HashMap<>(values);
    literal.replaceAll((name, value) -> value.replace("$", "$$"));
    return literal;
  }
}
