package dev.knight.metrics;

import dev.knight.github.Quota;
import dev.knight.job.FigureStore;
import dev.knight.job.FigureStore.Census;
import dev.knight.job.JobQuery;
import dev.knight.job.RepositoryName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/** How things stand when somebody looks. What is not known is not a number. */
public final class Gauges {
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final Kept<Census> census;
  private final Surroundings surroundings;
  private final InstantSource clock;

  /** Asks {@code store} at most once in some seconds. */
  public Gauges(FigureStore store, Surroundings surroundings, InstantSource clock) {
    this.census = new Kept<>(store::census, FRESH, clock);
    this.surroundings = surroundings;
    this.clock = clock;
  }

  /** Makes them known; {@code repositories} are those that are watched. */
  public void register(MeterRegistry registry, List<RepositoryName> repositories) {
    for (String state : JobQuery.STATES) {
      Gauge.builder("knight.jobs", this, it -> it.census.get().states().getOrDefault(state, 0L))
          .description("Jobs in a state")
          .tag("state", state)
          .register(registry);
    }
    gauge(
        registry,
        "knight.queue.age",
        "seconds",
        "How long the oldest queued job waits",
        it -> it.age(it.census.get().waiting(), 0));
    for (RepositoryName repository : repositories) {
      Gauge.builder(
              "knight.poll.age",
              this,
              it -> it.age(Optional.ofNullable(it.surroundings.looks().get(repository)), NONE))
          .description("How long ago a repository was last looked at whole")
          .baseUnit("seconds")
          .tag("repository", repository.key())
          .register(registry);
    }
    gauge(
        registry,
        "knight.github.quota.limit",
        "requests",
        "Requests in a window",
        it -> it.quota(Quota::limit));
    gauge(
        registry,
        "knight.github.quota.remaining",
        "requests",
        "Requests that are left",
        it -> it.quota(Quota::remaining));
    gauge(
        registry,
        "knight.store.size",
        "bytes",
        "The store's file",
        it -> known(it.surroundings.storeBytes()));
    gauge(
        registry,
        "knight.worktrees.size",
        "bytes",
        "All worktrees",
        it -> known(it.surroundings.worktreeBytes()));
    gauge(
        registry,
        "knight.disk.free",
        "bytes",
        "What is free where the home lies",
        it -> known(it.surroundings.freeBytes()));
    gauge(
        registry,
        "knight.agent.memory",
        "bytes",
        "Memory of the agents and their tools",
        it -> known(it.surroundings.agentBytes()));
    gauge(registry, "knight.agents", "", "Agents that live", it -> it.surroundings.agents());
  }

  private static final double NONE = Double.NaN;

  private void gauge(
      MeterRegistry registry,
      String name,
      String unit,
      String what,
      ToDoubleFunction<Gauges> value) {
    Gauge.Builder<Gauges> gauge = Gauge.builder(name, this, value).description(what);
    (unit.isEmpty() ? gauge : gauge.baseUnit(unit)).register(registry);
  }

  private double quota(ToDoubleFunction<Quota> figure) {
    return surroundings.quota().map(quota -> figure.applyAsDouble(quota)).orElse(NONE);
  }

  private double age(Optional<Instant> since, double otherwise) {
    return since
        .map(it -> Math.max(0, Duration.between(it, clock.instant()).toMillis() / 1000.0))
        .orElse(otherwise);
  }

  private static double known(OptionalLong bytes) {
    return bytes.isPresent() ? bytes.getAsLong() : NONE;
  }
}
