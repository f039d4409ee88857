package dev.knight;

import dev.knight.dashboard.Pulse;
import dev.knight.intake.Intake;
import dev.knight.job.RepositoryName;
import dev.knight.metrics.Surroundings;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What the dashboard tells of the service. */
@Singleton
final class ServicePulse implements Pulse {
  /** Longer than GitHub may take, and than a repository in which nothing happens waits. */
  private static final Duration LATE = Duration.ofMinutes(3);

  /** With less no job is begun. */
  private static final long LEAST_DISK = 256L << 20;

  private final KnightConfig config;
  private final Surroundings around;
  private final Provider<Intake> intake;
  private final InstantSource clock;

  ServicePulse(
      KnightConfig config, Surroundings around, Provider<Intake> intake, InstantSource clock) {
    this.config = config;
    this.around = around;
    this.intake = intake;
    this.clock = clock;
  }

  @Override
  public Reading read() {
    Map<RepositoryName, Instant> looks = around.looks();
    Map<RepositoryName, String> troubles = intake.get().troubles();
    OptionalLong free = around.freeBytes();
    List<Watched> repositories =
        config.github().repositories().orElse(List.of()).stream()
            .map(name ->
                new Watched(
                    name,
                    Optional.ofNullable(looks.get(name)),
                    Optional.ofNullable(troubles.get(name))))
            .toList();
    return new Reading(
        config.workers(),
        config.polling().enabled(),
        around.quota().map(quota -> new Quota(quota.limit(), quota.remaining(), quota.resetAt())),
        free,
        repositories,
        problems(repositories, free));
  }

  private List<String> problems(List<Watched> repositories, OptionalLong free) {
    List<String> problems = new ArrayList<>();
    around.storeTrouble().ifPresent(trouble -> problems.add("The store: " + trouble));
    if (around.isTokenRefused()) {
      problems.add("GitHub does not accept the token. Give knight another one, and restart it.");
    }
    if (free.isPresent() && free.getAsLong() < LEAST_DISK) {
      problems.add("The disk is nearly full, so no job is begun. Make room on it.");
    }
    around
        .polled()
        .filter(round -> round.isBefore(clock.instant().minus(LATE)))
        .ifPresent(
            _ -> problems.add("GitHub has not been looked at for some minutes. The log says why."));
    repositories.forEach(it ->
        it.trouble()
            .ifPresent(why -> problems.add("%s is not watched: %s".formatted(it.name(), why))));
    if (repositories.isEmpty()) {
      problems.add(
          "No repository is named in knight.github.repositories, so nothing is looked at.");
    }
    if (config.sandbox() == KnightConfig.Sandbox.NONE) {
      problems.add(
          "There is no sandbox: pi and the commands of a repository run as you, with your files and"
              + " your network.");
    }
    return problems;
  }
}
