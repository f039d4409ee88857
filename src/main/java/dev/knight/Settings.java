package dev.knight;

import dev.knight.cli.Version;
import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the owner set: environment variables first, then {@code secrets.env}, then {@code
 * knight.yml}. Each value has been checked, so {@link #config} cannot fail.
 */
final class Settings {
  /** Variables that start like a key's and are none: for knight's launcher, home or terminal. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of("KNIGHT_HOME", "KNIGHT_JAVA_OPTS", "KNIGHT_CACHE", "KNIGHT_PAGER");

  /** The names of systemd's credentials, and the key that names such a file. */
  private static final Map<String, String> CREDENTIALS =
      Map.of("github-token", Credentials.TOKEN_FILE, "model-api-key", "knight.model.api-key-file");

  /** What an address may say that lets somebody in. */
  private static final Pattern PASSWORD =
      Pattern.compile("(?i)((?:password|user|token|key)=)[^;&]*");

  /** Above every converter that the configuration library brings. */
  private static final int CONVERTER_PRIORITY = 200;

  private final Map<String, Setting> settings;

  private Settings(Map<String, Setting> settings) {
    this.settings = settings;
  }

  /**
   * Loads and checks what is set.
   *
   * @param file the file that {@code --config} names, which must exist; otherwise the home's, which
   *     need not
   * @throws MisconfiguredException in one sentence that names the place and the key
   */
  static Settings load(KnightHome home, Optional<Path> file, Map<String, String> environment) {
    Map<String, Setting> variables = variables(environment);
    Map<String, Setting> secrets = SecretsFile.read(home.secrets());
    refuseUnknown(secrets);
    refuseUnknown(variables);
    Map<String, Setting> written = written(home, file);
    Map<String, Setting> credentials = credentials(environment);
    Map<String, Setting> settings = new LinkedHashMap<>();
    for (ConfigKey key : ConfigKey.ALL) {
      first(
              variables.get(key.variable()),
              secrets.get(key.variable()),
              written.get(key.name()),
              credentials.get(key.name()))
          .ifPresent(setting -> settings.put(key.name(), checked(key, setting)));
    }
    return new Settings(settings);
  }

  /** What holds where nothing is set. */
  static Settings none() {
    return new Settings(Map.of());
  }

  /** Every key with its default as text, or with nothing. */
  static Map<String, String> defaults() {
    return none().effective();
  }

  /** How many keys are set. */
  int size() {
    return settings.size();
  }

  /** {@code value} of a key that is no secret, with stars in the place of what lets somebody in. */
  static String withoutPassword(String value) {
    return PASSWORD.matcher(value).replaceAll("$1***");
  }

  /** As {@link #effective}, with stars in the place of secrets. */
  Map<String, String> shown() {
    Map<String, String> shown = new TreeMap<>(effective());
    shown.replaceAll((_, value) -> withoutPassword(value));
    ConfigKey.ALL.stream()
        .filter(ConfigKey::isSecret)
        .forEach(key -> shown.computeIfPresent(key.name(), (_, v) -> v.isEmpty() ? v : "***"));
    return shown;
  }

  /** Where {@code key} is set; empty where its default holds. */
  String place(ConfigKey key) {
    return Optional.ofNullable(settings.get(key.name())).map(Setting::place).orElse("");
  }

  /** The same, with types and defaults. */
  KnightConfig config() {
    return typed().getConfigMapping(KnightConfig.class, KnightConfig.PREFIX);
  }

  /**
   * Every key with its value as text: what was set, or its default, or nothing. It has them all so
   * that no other source can add to it.
   */
  Map<String, String> effective() {
    SmallRyeConfig typed = typed();
    return ConfigKey.ALL.stream()
        .map(ConfigKey::name)
        .collect(
            Collectors.toMap(
                name -> name,
                name -> Optional.ofNullable(typed.getConfigValue(name).getValue()).orElse("")));
  }

  private SmallRyeConfig typed() {
    Map<String, String> values = new LinkedHashMap<>();
    settings.forEach((name, setting) -> values.put(name, setting.value()));
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(values, "knight"))
        .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
        .withMapping(KnightConfig.class, KnightConfig.PREFIX)
        .build();
  }

  private static Map<String, Setting> written(KnightHome home, Optional<Path> file) {
    if (file.isEmpty() && !Files.exists(home.configuration())) {
      return Map.of();
    }
    Path read = file.orElse(home.configuration()).toAbsolutePath();
    Map<String, Setting> written = ConfigFile.read(read);
    if (ConfigKey.ALL.stream().filter(ConfigKey::isSecret).anyMatch(it -> holds(written, it))) {
      refuseUnlessOwn(read);
    }
    return written;
  }

  private static boolean holds(Map<String, Setting> written, ConfigKey key) {
    Setting setting = written.get(key.name());
    return setting != null && !setting.value().isBlank();
  }

  private static void refuseUnlessOwn(Path file) {
    try {
      SecretFile.refuseUnlessOwn(file);
    } catch (IOException unreadable) {
      throw new MisconfiguredException(file + " cannot be looked at", unreadable);
    }
  }

  /** What systemd hands over to a service (LoadCredential=), under names of knight's own. */
  private static Map<String, Setting> credentials(Map<String, String> environment) {
    String directory = environment.getOrDefault("CREDENTIALS_DIRECTORY", "");
    Map<String, Setting> found = new LinkedHashMap<>();
    if (!directory.isBlank()) {
      CREDENTIALS.forEach((name, key) -> {
        Path file = Path.of(directory, name);
        if (Files.exists(file)) {
          found.put(key, new Setting(file.toString(), "systemd's credential " + name));
        }
      });
    }
    return found;
  }

  private static Map<String, Setting> variables(Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("KNIGHT_"))
        .filter(entry -> !OTHER_VARIABLES.contains(entry.getKey()))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> new Setting(entry.getValue(), "environment variable " + entry.getKey())));
  }

  private static void refuseUnknown(Map<String, Setting> variables) {
    variables.forEach((name, setting) -> {
      if (ConfigKey.ALL.stream().noneMatch(key -> key.variable().equals(name))) {
        throw new MisconfiguredException(unknown(name, setting));
      }
    });
  }

  private static String unknown(String name, Setting setting) {
    return ConfigKey.likeVariable(name)
        .map(key ->
            "%s: %s is not a setting of knight; did you mean %s?"
                .formatted(setting.place(), name, key.variable()))
        .orElse(
            "%s: %s is not a setting of knight %s, perhaps of a newer one; knight help configuration lists them"
                .formatted(setting.place(), name, Version.number()));
  }

  private static Optional<Setting> first(@Nullable Setting... inOrder) {
    for (Setting setting : inOrder) {
      if (setting != null && !setting.value().isBlank()) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }

  private static Setting checked(ConfigKey key, Setting setting) {
    String value = setting.value().strip();
    if (!key.expectation().isMetBy(value)) {
      throw new MisconfiguredException(
          "%s: %s is %s, but it must be %s"
              .formatted(setting.place(), key.name(), key.shown(value), key.expectation().words()));
    }
    return new Setting(value, setting.place());
  }
}
