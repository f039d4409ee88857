package dev.knight;

import dev.knight.dashboard.SettingsInForce;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.Redactor;
import dev.knight.job.MisconfiguredException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The settings that this process goes by, beside those that are written down now: a file that was
 * changed since holds after a restart.
 */
@Singleton
final class RunningSettings implements SettingsInForce {
  private static final String HIDDEN = "set, and not shown";

  private final KnightHome home;
  private final Config config;
  private final Redactor redactor;
  private final Map<String, String> environment;

  @Inject
  RunningSettings(KnightHome home, Config config, Redactor redactor) {
    this(home, config, redactor, System.getenv());
  }

  RunningSettings(
      KnightHome home, Config config, Redactor redactor, Map<String, String> environment) {
    this.home = home;
    this.config = config;
    this.redactor = redactor;
    this.environment = environment;
  }

  @Override
  public Listing read() {
    try {
      Optional<Path> file =
          Optional.ofNullable(System.getProperty(HomeConfigSources.FILE)).map(Path::of);
      Settings written = Settings.load(home, file, environment);
      Map<String, String> next = written.effective();
      return new Listing(
          ConfigKey.ALL.stream()
              .map(key -> line(key, written.place(key), next.getOrDefault(key.name(), "")))
              .toList(),
          "");
    } catch (MisconfiguredException broken) {
      List<Line> lines =
          ConfigKey.ALL.stream().map(key -> line(key, "not known", running(key))).toList();
      return new Listing(lines, redactor.text(String.valueOf(broken.getMessage())));
    }
  }

  private Line line(ConfigKey key, String source, String written) {
    String running = running(key);
    String next =
        running.equals(written) ? "" : written.isEmpty() ? "nothing" : shown(key, written);
    return new Line(key.name(), shown(key, running), source, next, key.meaning());
  }

  private String running(ConfigKey key) {
    return Optional.ofNullable(config.getConfigValue(key.name()).getValue()).orElse("");
  }

  private String shown(ConfigKey key, String value) {
    if (value.isEmpty()) {
      return "";
    }
    return key.isSecret() ? HIDDEN : redactor.text(Settings.withoutPassword(value));
  }
}
