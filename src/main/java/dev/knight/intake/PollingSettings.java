package dev.knight.intake;

import dev.knight.job.RepositoryName;
import java.time.Duration;
import java.util.List;
import java.util.Set;

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

  /** The names that knight answers to, when its account is {@code login}. */
  Set<String> names(String login) {
    return triggers.isEmpty() ? Set.copyOf(List.of(login, "knight")) : triggers;
  }
}
