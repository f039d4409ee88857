package dev.knight;

import dev.knight.demo.RealModel;
import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a job on a stand-in for GitHub takes over from the real settings. */
final class SmokeSettings {
  /** How agents are started, and which model they ask; nothing of GitHub. */
  private static final List<String> TAKEN =
      List.of("knight.model.", "knight.agent.", "knight.sandbox", "knight.network.");

  private SmokeSettings() {}

  /**
   * The settings, as variables.
   *
   * @throws MisconfiguredException if no model can be asked with them
   */
  static RealModel.Settings of(
      KnightHome home, Optional<Path> file, Map<String, String> environment) {
    Settings settings = Settings.load(home, file, environment);
    KnightConfig config = settings.config();
    WorkWiring.models(config);
    Map<String, String> values = settings.effective();
    Map<String, String> variables = new LinkedHashMap<>();
    ConfigKey.ALL.stream()
        .filter(key -> TAKEN.stream().anyMatch(key.name()::startsWith))
        .filter(key -> !key.isSecret() && !key.name().endsWith("-file"))
        .filter(key -> !values.getOrDefault(key.name(), "").isEmpty())
        .forEach(key -> variables.put(key.variable(), values.get(key.name())));
    return new RealModel.Settings(variables, Credentials.modelKey(config.model()));
  }
}
