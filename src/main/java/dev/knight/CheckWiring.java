package dev.knight;

import dev.knight.ci.CiSettings;
import dev.knight.ci.Watch;
import dev.knight.github.Checks;
import dev.knight.github.RestGitHub;
import dev.knight.hygiene.Redactor;
import dev.knight.job.JobStore;
import dev.knight.publish.OutgoingText;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** What the owner set about the checks of pull requests. */
final class CheckWiring {
  @Produces
  @Singleton
  Checks checks(RestGitHub github) {
    return github.checks();
  }

  @Produces
  @Singleton
  CiSettings ciSettings(KnightConfig config) {
    return new CiSettings(
        config.ci().enabled() && config.polling().enabled(),
        config.github().repositories().orElse(List.of()),
        config.ci().interval(),
        config.ci().settle(),
        config.limits().ciRounds());
  }

  @Produces
  @Singleton
  Watch watch(
      RestGitHub github,
      Checks checks,
      JobStore store,
      CiSettings settings,
      OutgoingText outgoing,
      Redactor redactor,
      InstantSource clock) {
    return new Watch(github, checks, store, settings, outgoing, redactor, clock);
  }
}
