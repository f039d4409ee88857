package dev.knight;

import static dev.knight.Expectation.absolutePaths;
import static dev.knight.Expectation.address;
import static dev.knight.Expectation.amount;
import static dev.knight.Expectation.duration;
import static dev.knight.Expectation.names;
import static dev.knight.Expectation.networkWords;
import static dev.knight.Expectation.oneOf;
import static dev.knight.Expectation.repositoryNames;
import static dev.knight.Expectation.safeAddress;
import static dev.knight.Expectation.size;
import static dev.knight.Expectation.text;
import static dev.knight.Expectation.trueOrFalse;
import static dev.knight.Expectation.wholeNumber;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A key that may be set, and what its value must be. Types and defaults are {@link KnightConfig}'s;
 * a test holds the two together.
 *
 * @param name as in {@code knight.yml}, with dots
 * @param expectation what its value must be
 */
record ConfigKey(String name, Expectation expectation) {
  private static final Expectation WORD = text("one word without spaces", "\\S{1,4096}");
  private static final Expectation PATH = text("the path of a file", "[^\\p{Cntrl}]{1,4096}");
  private static final Set<String> SECRET = Set.of("knight.github.token", "knight.model.api-key");

  /** Every key, in the order of the documentation. */
  static final List<ConfigKey> ALL =
      List.of(
          new ConfigKey("knight.github.api-url", safeAddress()),
          new ConfigKey("knight.github.token", WORD),
          new ConfigKey("knight.github.token-file", PATH),
          new ConfigKey("knight.github.app.id", wholeNumber(1, Long.MAX_VALUE)),
          new ConfigKey("knight.github.app.private-key-file", PATH),
          new ConfigKey("knight.github.app.installation-id", wholeNumber(1, Long.MAX_VALUE)),
          new ConfigKey("knight.github.repositories", repositoryNames()),
          new ConfigKey("knight.github.trigger", names("a list of names without the @")),
          new ConfigKey("knight.polling.enabled", trueOrFalse()),
          new ConfigKey("knight.polling.interval", duration(ofSeconds(1), ofHours(1))),
          new ConfigKey("knight.ci.enabled", trueOrFalse()),
          new ConfigKey("knight.ci.interval", duration(ofSeconds(1), ofHours(1))),
          new ConfigKey("knight.ci.settle", duration(ofSeconds(1), ofHours(1))),
          new ConfigKey("knight.trust.permission", oneOf("write", "maintain", "admin")),
          new ConfigKey("knight.trust.users", names("a list of logins or account numbers")),
          new ConfigKey("knight.trust.per-person", wholeNumber(1, 1_000_000)),
          new ConfigKey("knight.trust.per-repository", wholeNumber(1, 1_000_000)),
          new ConfigKey("knight.workers", wholeNumber(1, 64)),
          new ConfigKey("knight.workers-per-repository", wholeNumber(1, 64)),
          new ConfigKey("knight.model.provider", text("a provider's name", "[a-z0-9][a-z0-9-]*")),
          new ConfigKey("knight.model.name", WORD),
          new ConfigKey("knight.model.base-url", address()),
          new ConfigKey("knight.model.api-key", WORD),
          new ConfigKey("knight.model.api-key-file", PATH),
          new ConfigKey("knight.model.review-name", WORD),
          new ConfigKey("knight.model.price.input", amount()),
          new ConfigKey("knight.model.price.output", amount()),
          new ConfigKey("knight.model.price.cache-read", amount()),
          new ConfigKey("knight.model.price.cache-write", amount()),
          new ConfigKey("knight.model.review-price.input", amount()),
          new ConfigKey("knight.model.review-price.output", amount()),
          new ConfigKey("knight.model.review-price.cache-read", amount()),
          new ConfigKey("knight.model.review-price.cache-write", amount()),
          new ConfigKey("knight.agent.command", PATH),
          new ConfigKey("knight.agent.paths", absolutePaths()),
          new ConfigKey("knight.limits.time", duration(ofSeconds(1), ofDays(7))),
          new ConfigKey("knight.limits.cost", amount()),
          new ConfigKey("knight.limits.cost-per-day", amount()),
          new ConfigKey("knight.limits.stall", duration(ofSeconds(1), ofDays(1))),
          new ConfigKey("knight.limits.review-rounds", wholeNumber(0, 10)),
          new ConfigKey("knight.limits.verify-rounds", wholeNumber(0, 10)),
          new ConfigKey("knight.limits.ci-rounds", wholeNumber(0, 10)),
          new ConfigKey("knight.questions", oneOf("go-on", "wait")),
          new ConfigKey("knight.sandbox", oneOf("auto", "bubblewrap", "none")),
          new ConfigKey("knight.network.offer", networkWords()),
          new ConfigKey("knight.http.host", text("a host name or an address", "[\\w.:-]{1,253}")),
          new ConfigKey("knight.http.port", wholeNumber(0, 65535)),
          new ConfigKey("knight.http.behind-proxy", trueOrFalse()),
          new ConfigKey("knight.http.public-url", address()),
          new ConfigKey("knight.store.url", text("a JDBC address", "jdbc:(h2:file|postgresql):.+")),
          new ConfigKey("knight.retention.days", wholeNumber(1, 3650)),
          new ConfigKey("knight.retention.size", size()));

  /** The key called {@code name}. */
  static Optional<ConfigKey> named(String name) {
    return ALL.stream().filter(key -> key.name.equals(name)).findFirst();
  }

  /** The key that most looks like {@code name}, if one does. */
  static Optional<ConfigKey> like(String name) {
    return nearest(name, ConfigKey::name);
  }

  /** The key whose variable most looks like {@code variable}, if one does. */
  static Optional<ConfigKey> likeVariable(String variable) {
    return nearest(variable, ConfigKey::variable);
  }

  /** The name of the environment variable that overrides it. */
  String variable() {
    return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** Whether its value is a secret. */
  boolean isSecret() {
    return SECRET.contains(name);
  }

  /** How {@code value} is shown in a message. */
  String shown(String value) {
    return isSecret() ? "***" : "'%s'".formatted(value);
  }

  private static Optional<ConfigKey> nearest(String wanted, Function<ConfigKey, String> spelling) {
    ToIntFunction<ConfigKey> distance = key -> distance(spelling.apply(key), wanted);
    int most = Math.max(2, wanted.length() / 4);
    return ALL.stream()
        .min(Comparator.comparingInt(distance))
        .filter(key -> distance.applyAsInt(key) <= most);
  }

  /** How many letters must change to make {@code left} of {@code right} (Levenshtein). */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
