package dev.knight.attempt;

import dev.knight.job.RefusedException;
import io.quarkus.runtime.configuration.DurationConverter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A repository's {@code .knight.yml}.
 *
 * @param base the branch that pull requests go to, if not the default branch
 * @param setup run once in a new worktree, before the agent
 * @param verify the project's checks, in order
 * @param instructions what the agent is told besides the task
 * @param planning when a plan has to be agreed to first
 * @param review whether changes are reviewed before they are published
 * @param questions what becomes of a job whose agent asks something, if the service does not wait
 *     anyway
 * @param protectedPaths globs that knight may not change
 * @param network what its commands and the agent want to reach
 * @param model the model to use, from those that the service offers
 * @param limits as the file narrows them
 * @param handover how a finished change is handed over
 */
record RepositoryConfig(
    Optional<String> base,
    Optional<String> setup,
    List<String> verify,
    String instructions,
    Planning planning,
    boolean review,
    Questions questions,
    List<String> protectedPaths,
    List<String> network,
    Optional<String> model,
    Narrower limits,
    Handover handover) {

  /** What a repository without the file has. */
  static final RepositoryConfig NONE =
      new RepositoryConfig(
          Optional.empty(),
          Optional.empty(),
          List.of(),
          "",
          Planning.USUAL,
          true,
          Questions.GO_ON,
          List.of(),
          List.of(),
          Optional.empty(),
          new Narrower(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
          Handover.USUAL);

  private static final Set<String> KEYS =
      Set.of(
          "base",
          "setup",
          "verify",
          "instructions",
          "plan-first",
          "plan-label",
          "review",
          "questions",
          "protected",
          "network",
          "model",
          "limits",
          "tests",
          "reviewers",
          "labels",
          "size",
          "ci");
  private static final Set<String> LIMITS =
      Set.of("time", "cost", "review-rounds", "verify-rounds", "ci-rounds");
  private static final int LONGEST = 64 * 1024;

  /**
   * When a plan has to be agreed to before anything is changed.
   *
   * @param always for every task
   * @param label for the issues that bear this label
   */
  record Planning(boolean always, String label) {
    private static final String LABEL = "plan-first";

    /** Where the file does not say. */
    static final Planning USUAL = new Planning(false, LABEL);

    /** Whether an issue with {@code labels} is planned first, without anybody asking for it. */
    boolean isFor(Set<String> labels) {
      return always || labels.stream().anyMatch(label::equalsIgnoreCase);
    }
  }

  /**
   * How a finished change is handed over.
   *
   * @param tests globs of the files that are tests; empty for what usually are
   * @param reviewers who is asked to look at it: logins, and teams as {@code owner/team}
   * @param labels what it is labelled with, where the repository has such labels
   * @param size how many lines it may have before a person is asked whether to split it
   */
  record Handover(List<String> tests, List<String> reviewers, List<String> labels, int size) {
    /** What is offered to one reviewer at a time, without complaints. */
    static final int USUAL_SIZE = 400;

    /** What a repository has that says nothing of it. */
    static final Handover USUAL = new Handover(List.of(), List.of(), List.of(), USUAL_SIZE);
  }

  /** Limits that may only be narrower than the service's. */
  record Narrower(
      Optional<Duration> time,
      Optional<BigDecimal> usd,
      Optional<Integer> reviewRounds,
      Optional<Integer> verifyRounds) {

    Limits within(Limits service) {
      return new Limits(
          time.filter(own -> own.compareTo(service.time()) < 0).orElse(service.time()),
          usd.filter(own -> own.compareTo(service.usd()) < 0).orElse(service.usd()),
          service.stall(),
          Math.min(reviewRounds.orElse(service.reviewRounds()), service.reviewRounds()),
          Math.min(verifyRounds.orElse(service.verifyRounds()), service.verifyRounds()));
    }
  }

  /**
   * Reads the file.
   *
   * @throws RefusedException with a sentence for whoever can mend it
   */
  static RepositoryConfig parse(String text) {
    Optional<Map<?, ?>> file = load(text);
    file.ifPresent(RepositoryConfig::checks);
    return file.map(RepositoryConfig::of).orElse(NONE);
  }

  /**
   * Reads what the file says of the checks on GitHub.
   *
   * @throws RefusedException with a sentence for whoever can mend it
   */
  static CheckRules checks(String text) {
    return load(text).map(RepositoryConfig::checks).orElse(CheckRules.USUAL);
  }

  private static Optional<Map<?, ?>> load(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LONGEST);
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(0);
    try {
      Object root = new Yaml(new SafeConstructor(options)).load(text);
      return root == null ? Optional.empty() : Optional.of(map(root, "the file", KEYS));
    } catch (YAMLException broken) {
      String first = String.valueOf(broken.getMessage()).lines().findFirst().orElse("");
      throw new RefusedException(".knight.yml is not YAML: " + first, broken);
    }
  }

  private static CheckRules checks(Map<?, ?> file) {
    Object limits = file.get("limits");
    Optional<Integer> rounds =
        limits == null
            ? Optional.empty()
            : text(map(limits, "limits", LIMITS), "ci-rounds")
                .map(word -> rounds("ci-rounds", word));
    return new CheckRules(flag(file, "ci", true), rounds, texts(file, "verify"));
  }

  private static RepositoryConfig of(Map<?, ?> file) {
    return new RepositoryConfig(
        text(file, "base"),
        text(file, "setup"),
        texts(file, "verify"),
        text(file, "instructions").orElse(""),
        new Planning(
            flag(file, "plan-first", false), text(file, "plan-label").orElse(Planning.LABEL)),
        flag(file, "review", true),
        questions(file),
        texts(file, "protected"),
        texts(file, "network"),
        text(file, "model"),
        limits(file.get("limits")),
        new Handover(
            texts(file, "tests"),
            texts(file, "reviewers").stream().map(RepositoryConfig::reviewer).toList(),
            texts(file, "labels").stream().map(RepositoryConfig::label).toList(),
            text(file, "size").map(RepositoryConfig::lines).orElse(Handover.USUAL_SIZE)));
  }

  private static Narrower limits(@Nullable Object value) {
    if (value == null) {
      return NONE.limits();
    }
    Map<?, ?> limits = map(value, "limits", LIMITS);
    return new Narrower(
        text(limits, "time").map(RepositoryConfig::duration),
        text(limits, "cost").map(RepositoryConfig::usd),
        text(limits, "review-rounds").map(word -> rounds("review-rounds", word)),
        text(limits, "verify-rounds").map(word -> rounds("verify-rounds", word)));
  }

  private static Map<?, ?> map(Object value, String where, Set<String> known) {
    if (!(value instanceof Map<?, ?> map)) {
      throw broken(where + " has to be a list of `key: value` lines");
    }
    for (Object key : map.keySet()) {
      if (!known.contains(String.valueOf(key))) {
        throw broken("`%s` is not a key; there are %s".formatted(key, new TreeSet<>(known)));
      }
    }
    return map;
  }

  private static Optional<String> text(Map<?, ?> map, String key) {
    Object value = map.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Map || value instanceof List) {
      throw broken("`" + key + "` has to be a text");
    }
    return Optional.of(value.toString().strip()).filter(word -> !word.isEmpty());
  }

  private static List<String> texts(Map<?, ?> map, String key) {
    Object value = map.get(key);
    if (value instanceof List<?> list) {
      if (list.stream()
          .anyMatch(item -> item == null || item instanceof Map || item instanceof List)) {
        throw broken("`" + key + "` has to be a list of texts");
      }
      return list.stream().map(item -> item.toString().strip()).filter(s -> !s.isEmpty()).toList();
    }
    return text(map, key).map(List::of).orElse(List.of());
  }

  private static boolean flag(Map<?, ?> map, String key, boolean otherwise) {
    return switch (map.get(key)) {
      case null -> otherwise;
      case Boolean flag -> flag;
      case Object _ -> throw broken("`" + key + "` has to be true or false");
    };
  }

  private static Questions questions(Map<?, ?> file) {
    return switch (text(file, "questions").orElse("go-on")) {
      case "go-on" -> Questions.GO_ON;
      case "wait" -> Questions.WAIT;
      default -> throw broken("`questions` has to be go-on or wait");
    };
  }

  private static Duration duration(String word) {
    try {
      Duration duration = DurationConverter.parseDuration(word);
      if (duration != null && duration.isPositive()) {
        return duration;
      }
    } catch (IllegalArgumentException notADuration) {
      throw new RefusedException(".knight.yml: `time` has to be like 30m", notADuration);
    }
    throw broken("`time` has to be like 30m");
  }

  private static BigDecimal usd(String word) {
    try {
      return new BigDecimal(word.replaceFirst("\\s*USD$", ""));
    } catch (NumberFormatException notANumber) {
      throw new RefusedException(".knight.yml: `cost` has to be like 2 USD", notANumber);
    }
  }

  private static int rounds(String key, String word) {
    if (!word.matches("[0-9]{1,2}")) {
      throw broken("`" + key + "` has to be a number from 0 to 99");
    }
    return Integer.parseInt(word);
  }

  private static String reviewer(String word) {
    String name = word.startsWith("@") ? word.substring(1) : word;
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9-]{0,38}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99})?")) {
      throw broken("`reviewers` has to be a list of logins, and of teams like owner/team");
    }
    return name;
  }

  private static String label(String word) {
    if (word.length() > 50 || !word.matches("[^\\p{Cntrl}`]+")) {
      throw broken("`labels` has to be a list of names of labels");
    }
    return word;
  }

  private static int lines(String word) {
    if (!word.matches("[1-9][0-9]{0,6}")) {
      throw broken("`size` has to be a number of lines, like 400");
    }
    return Integer.parseInt(word);
  }

  private static RefusedException broken(String what) {
    return new RefusedException(".knight.yml: " + what);
  }
}
