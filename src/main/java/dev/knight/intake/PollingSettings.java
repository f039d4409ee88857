package dev.knight.intake;

import dev.knight.job.RepositoryName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What intake watches.
 *
 * @param enabled whether it polls at all; requests by hand work either way
 * @param interval from one poll of a repository to the next while something is going on there
 * @param repositories the only ones that are ever touched
 * @param triggers the names that knight answers to after {@code @}; none: its account's login and
 *     {@code knight}
 */
public record PollingSettings(
    boolean enabled, Duration interval, List<RepositoryName> repositories, Set<String> triggers) {
  private static final String BOT = "[bot]";

  public PollingSettings {
    repositories = repositories.stream().distinct().toList();
    triggers = Set.copyOf(triggers);
  }

  /** One of the names that knight answers to, for people who are told how to call it. */
  String name() {
    return triggers.isEmpty() || triggers.contains("knight")
        ? "knight"
        : triggers.stream().sorted().findFirst().orElseThrow();
  }

  /**
   * The names that knight answers to, when its account is {@code login}. Nobody can mention an
   * App's account by its whole login, which ends in {@code [bot]}.
   */
  Set<String> names(String login) {
    return triggers.isEmpty()
        ? Stream.of(withoutMark(login), "knight").collect(Collectors.toUnmodifiableSet())
        : triggers;
  }

  private static String withoutMark(String login) {
    return login.endsWith(BOT) ? login.substring(0, login.length() - BOT.length()) : login;
  }
}
