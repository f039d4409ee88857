package dev.knight;

import static dev.knight.Expectation.absolutePaths;
import static dev.knight.Expectation.address;
import static dev.knight.Expectation.amount;
import static dev.knight.Expectation.duration;
import static dev.knight.Expectation.names;
import static dev.knight.Expectation.networkWords;
import static dev.knight.Expectation.occasions;
import static dev.knight.Expectation.oneOf;
import static dev.knight.Expectation.repositoryNames;
import static dev.knight.Expectation.safeAddress;
import static dev.knight.Expectation.size;
import static dev.knight.Expectation.text;
import static dev.knight.Expectation.trueOrFalse;
import static dev.knight.Expectation.webhook;
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
 * @param meaning what it is for, in the words of the documentation, with its links and backticks
 * @param unset what holds where neither a value nor a default is; empty for nothing
 */
record ConfigKey(String name, Expectation expectation, String meaning, String unset) {
  private static final Expectation WORD = text("one word without spaces", "\\S{1,4096}");
  private static final Expectation PATH = text("the path of a file", "[^\\p{Cntrl}]{1,4096}");
  private static final Set<String> SECRET =
      Set.of(
          "knight.github.token",
          "knight.model.api-key",
          "knight.notify.url",
          "knight.notify.secret",
          "knight.notify.token");

  /** Every key, in the order of the documentation. */
  static final List<ConfigKey> ALL =
      List.of(
          new ConfigKey(
              "knight.github.api-url",
              safeAddress(),
              "where GitHub's REST API is; GitHub Enterprise Server: `https://HOST/api/v3`. "
                  + "Plain `http` only for this machine itself"),
          new ConfigKey("knight.github.token", WORD, "a personal access token"),
          new ConfigKey("knight.github.token-file", PATH, "a file that holds it"),
          new ConfigKey(
              "knight.github.app.id",
              wholeNumber(1, Long.MAX_VALUE),
              "the number of a GitHub App, instead of a token"),
          new ConfigKey("knight.github.app.private-key-file", PATH, "the App's key, as a PEM file"),
          new ConfigKey(
              "knight.github.app.installation-id",
              wholeNumber(1, Long.MAX_VALUE),
              "the number of the App's installation"),
          new ConfigKey(
              "knight.github.repositories",
              repositoryNames(),
              "list of `owner/name`; nothing outside it is ever touched"),
          new ConfigKey(
                  "knight.github.trigger",
                  names("a list of names without the @"),
                  "the names it answers to after `@`")
              .unset("the account's own login, and `knight`"),
          new ConfigKey(
              "knight.polling.enabled",
              trueOrFalse(),
              "`false`: only `knight enqueue` brings jobs"),
          new ConfigKey(
              "knight.polling.interval",
              duration(ofSeconds(1), ofHours(1)),
              "between two looks at GitHub while something goes on; quiet repositories are "
                  + "looked at every `60s`:"
                  + " [what that costs](operation.md#how-often-it-looks-and-what-that-costs)"),
          new ConfigKey(
              "knight.ci.enabled",
              trueOrFalse(),
              "whether the checks on knight's pull requests are watched, where GitHub is "
                  + "polled at all: [Red checks](operation.md#red-checks)"),
          new ConfigKey(
              "knight.ci.interval",
              duration(ofSeconds(1), ofHours(1)),
              "from one look to the next while checks run; up to ten times as long when "
                  + "nothing moves"),
          new ConfigKey(
              "knight.ci.settle",
              duration(ofSeconds(1), ofHours(1)),
              "how long nothing may have changed before what the checks say is taken as final: "
                  + "some begin late"),
          new ConfigKey(
              "knight.trust.permission",
              oneOf("write", "maintain", "admin"),
              "the least permission on the repository that may command knight: `write`, "
                  + "`maintain` or `admin`"),
          new ConfigKey(
                  "knight.trust.users",
                  names("a list of logins or account numbers"),
                  "further accounts, by login or by number: [who may command "
                      + "it](operation.md#who-may-command-it)")
              .unset("none"),
          new ConfigKey(
              "knight.trust.per-person",
              wholeNumber(1, 1_000_000),
              "requests of one person that are taken within an hour, over all repositories"),
          new ConfigKey(
              "knight.trust.per-repository",
              wholeNumber(1, 1_000_000),
              "requests that are taken within an hour in one repository"),
          new ConfigKey("knight.workers", wholeNumber(1, 64), "jobs that run at a time"),
          new ConfigKey(
              "knight.workers-per-repository", wholeNumber(1, 64), "the same for one repository"),
          new ConfigKey(
              "knight.model.provider",
              text("a provider's name", "[a-z0-9][a-z0-9-]*"),
              "a provider that pi knows (`anthropic`, `openai`, `google`, ...), or "
                  + "`openai-compatible` with a `base-url`"),
          new ConfigKey("knight.model.name", WORD, "the model, by its provider's name for it"),
          new ConfigKey("knight.model.base-url", address(), "where its API is")
              .unset("the provider's own"),
          new ConfigKey("knight.model.api-key", WORD, "the key for it; pi never sees it"),
          new ConfigKey("knight.model.api-key-file", PATH, "a file that holds the key"),
          new ConfigKey("knight.model.review-name", WORD, "a second model for the review")
              .unset("the same model"),
          new ConfigKey(
                  "knight.model.price.input",
                  amount(),
                  "what a million tokens that are read cost, like `3 USD`; together with `output` "
                      + "or not at all. An `openai-compatible` model without prices shows $0.00, and "
                      + "[its tokens count](#limits) for `knight.limits.cost`")
              .unset("what pi's list says"),
          new ConfigKey(
                  "knight.model.price.output",
                  amount(),
                  "what a million tokens that are written cost")
              .unset("what pi's list says"),
          new ConfigKey(
                  "knight.model.price.cache-read",
                  amount(),
                  "what a million tokens cost that the provider's cache answers")
              .unset("as `input`"),
          new ConfigKey(
                  "knight.model.price.cache-write",
                  amount(),
                  "what a million tokens cost that are put into the provider's cache")
              .unset("as `input`"),
          new ConfigKey(
                  "knight.model.review-price.input", amount(), "the same four for `review-name`")
              .unset("as `price`"),
          new ConfigKey(
                  "knight.model.review-price.output", amount(), "written tokens of `review-name`")
              .unset("as `price`"),
          new ConfigKey(
                  "knight.model.review-price.cache-read",
                  amount(),
                  "cached tokens of `review-name`")
              .unset("as its `input`"),
          new ConfigKey(
                  "knight.model.review-price.cache-write",
                  amount(),
                  "tokens of `review-name` that are put into the cache")
              .unset("as its `input`"),
          new ConfigKey(
              "knight.agent.command",
              PATH,
              "the pi executable: a path, or a name on `PATH`. `scripts/knight` brings its own "
                  + "where nothing is set"),
          new ConfigKey(
                  "knight.agent.paths",
                  absolutePaths(),
                  "what the agent and a repository's commands may read besides the system and pi, "
                      + "as a list of absolute paths: a JDK in `/opt`, a cache of packages. See [the "
                      + "sandbox](operation.md#the-sandbox)")
              .unset("none"),
          new ConfigKey(
              "knight.limits.time",
              duration(ofSeconds(1), ofDays(7)),
              "of a job at work: [Limits](#limits)"),
          new ConfigKey("knight.limits.cost", amount(), "of a job"),
          new ConfigKey(
                  "knight.limits.cost-per-day",
                  amount(),
                  "of all jobs of a day of UTC; best several times `cost`")
              .unset("not limited"),
          new ConfigKey(
              "knight.limits.stall",
              duration(ofSeconds(1), ofDays(1)),
              "how long pi may give no sign of life while it works"),
          new ConfigKey(
              "knight.limits.review-rounds",
              wholeNumber(0, 10),
              "how often a review may send the work back"),
          new ConfigKey(
              "knight.limits.verify-rounds",
              wholeNumber(0, 10),
              "how often failed checks may send the work back"),
          new ConfigKey(
              "knight.limits.ci-rounds",
              wholeNumber(0, 10),
              "how often red checks on GitHub may wake a job again before somebody says "
                  + "something: [Red checks](operation.md#red-checks)"),
          new ConfigKey(
              "knight.questions",
              oneOf("go-on", "wait"),
              "what becomes of a job whose agent asks something: `go-on` takes what the agent "
                  + "would assume where that can be undone, and redoes what depends on it if an "
                  + "answer differs; `wait` parks the job until somebody answers"),
          new ConfigKey(
              "knight.sandbox",
              oneOf("auto", "bubblewrap", "none"),
              "what the agent and a repository's commands run in: `auto` takes the strongest "
                  + "that works and refuses to start where none does, `bubblewrap`, or `none`. See "
                  + "[the sandbox](operation.md#the-sandbox)"),
          new ConfigKey(
              "knight.worktrees",
              oneOf("plain", "layered"),
              "how the files of a job come to be: with `plain`, each has all of them; with "
                  + "`layered`, jobs on one commit share its files and keep only what they change, "
                  + "where the kernel can show that in the sandbox. See "
                  + "[the worktrees](operation.md#the-worktrees)"),
          new ConfigKey(
              "knight.network.offer",
              networkWords(),
              "what a repository can choose from with [`network`](#network-of-the-agent): "
                  + "these named sets, `host` (port 443) or `host:port`; `none` offers nothing. What "
                  + "nobody chooses is not reachable"),
          new ConfigKey(
              "knight.http.host",
              text("a host name or an address", "[\\w.:-]{1,253}"),
              "where the API listens. Another address than this machine's own needs "
                  + "`behind-proxy`"),
          new ConfigKey("knight.http.port", wholeNumber(0, 65535), "`0` takes any free port"),
          new ConfigKey(
              "knight.http.behind-proxy",
              trueOrFalse(),
              "`true`: a proxy that does TLS stands in front: see "
                  + "[operation.md](operation.md#the-api-from-another-machine)"),
          new ConfigKey(
              "knight.http.public-url",
              address(),
              "how that proxy is reached; its host is answered to as well"),
          new ConfigKey(
              "knight.http.metrics-token-file",
              PATH,
              "a file with a token that is good for `/q/metrics` alone; it is made if it is not "
                  + "there: see [metrics.md](metrics.md)"),
          new ConfigKey(
              "knight.log.format",
              oneOf("text", "json"),
              "`text`: lines for people; `json`: an object on each line: see "
                  + "[metrics.md](metrics.md#the-log)"),
          new ConfigKey(
              "knight.log.level",
              oneOf("error", "warn", "info", "debug"),
              "the least that is written: `error`, `warn`, `info` or `debug`"),
          new ConfigKey(
                  "knight.traces.endpoint",
                  address(),
                  "where OTLP is taken by HTTP, as `http://127.0.0.1:4318`: see "
                      + "[metrics.md](metrics.md#traces)")
              .unset("no traces"),
          new ConfigKey(
              "knight.notify.url",
              webhook(),
              "where people are told of jobs, as a webhook: see [api.md](api.md#notices). It is "
                  + "mostly a secret itself"),
          new ConfigKey("knight.notify.url-file", PATH, "a file that holds it"),
          new ConfigKey(
              "knight.notify.format",
              oneOf("json", "slack", "ntfy"),
              "in whose words: knight's own, for a program; a chat that takes what Slack takes; a "
                  + "topic of ntfy"),
          new ConfigKey(
              "knight.notify.secret", WORD, "what notices are signed with: `X-Knight-Signature`"),
          new ConfigKey("knight.notify.secret-file", PATH, "a file that holds it"),
          new ConfigKey(
              "knight.notify.token", WORD, "what is shown to the webhook as a bearer token"),
          new ConfigKey("knight.notify.token-file", PATH, "a file that holds it"),
          new ConfigKey(
              "knight.notify.plain-http",
              trueOrFalse(),
              "`true`: the webhook may be plain `http` on another machine, where others on the way "
                  + "read what is told"),
          new ConfigKey(
              "knight.notify.command",
              text("the absolute path of a program", "/[^\\p{Cntrl}]{1,4095}"),
              "a program that is given each notice, as JSON on its standard input and in "
                  + "`KNIGHT_...` variables; it has 30 s and no shell"),
          new ConfigKey(
              "knight.notify.on",
              occasions(),
              "what is told: `accepted`, `started`, `retrying`, `needs-you`, `done`, `no-change`, "
                  + "`failed`, `stopped`"),
          new ConfigKey(
                  "knight.store.url",
                  text("a JDBC address", "jdbc:(h2:file|postgresql):.+"),
                  "where jobs are kept")
              .unset("`jdbc:h2:file:` and `store/knight` in knight's home"),
          new ConfigKey(
              "knight.retention.days",
              wholeNumber(1, 3650),
              "how many days the files of ended jobs stay: see "
                  + "[operation.md](operation.md#what-is-removed-and-when)"),
          new ConfigKey(
              "knight.retention.size",
              size(),
              "for all of them together; the oldest go first, an hour after their end at the "
                  + "earliest"));

  /** One that nothing stands for where it is not set. */
  ConfigKey(String name, Expectation expectation, String meaning) {
    this(name, expectation, meaning, "");
  }

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

  private ConfigKey unset(String words) {
    return new ConfigKey(name, expectation, meaning, words);
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
