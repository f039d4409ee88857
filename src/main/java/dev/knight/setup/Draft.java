package dev.knight.setup;

import dev.knight.job.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings as they will be written: each answer makes the next one.
 *
 * @param environment what goes before both files
 * @param secrets {@code secrets.env}
 * @param config {@code knight.yml}
 */
record Draft(Map<String, String> environment, SecretsText secrets, ConfigText config) {
  private static final Set<String> SECRET = Set.of(GitHubStep.TOKEN, ModelStep.KEY);

  /** What is set for {@code key}, wherever. */
  Optional<String> value(String key) {
    return fromEnvironment(key).or(() -> secrets.value(variable(key))).or(() -> config.value(key));
  }

  /** What the environment says of {@code key}, which no file can change. */
  Optional<String> fromEnvironment(String key) {
    return Optional.ofNullable(environment.get(variable(key))).filter(value -> !value.isBlank());
  }

  /** With {@code key} in {@code knight.yml}. */
  Draft with(String key, String value) {
    return new Draft(environment, secrets, config.with(key, value));
  }

  /** With a list in {@code knight.yml}. */
  Draft with(String key, List<String> values) {
    return new Draft(environment, secrets, config.with(key, values));
  }

  /** Without {@code key} in either file. */
  Draft without(String key) {
    return new Draft(
        environment,
        secrets.without(variable(key)),
        SECRET.contains(key) ? config.forgotten(key) : config.without(key));
  }

  /** With {@code secret} in {@code secrets.env}, and nowhere else. */
  Draft with(String key, Secret secret) {
    return new Draft(
        environment, secrets.with(variable(key), secret.reveal()), config.forgotten(key));
  }

  /** The name of the environment variable of {@code key}. */
  static String variable(String key) {
    return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
