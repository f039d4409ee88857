package dev.knight;

import dev.knight.api.Statistics;
import dev.knight.cli.Version;
import dev.knight.github.RequestListener;
import dev.knight.intake.PollingSettings;
import dev.knight.job.AttemptListener;
import dev.knight.job.FigureStore;
import dev.knight.job.SpendListener;
import dev.knight.metrics.AttemptMeters;
import dev.knight.metrics.Gauges;
import dev.knight.metrics.GitHubMeters;
import dev.knight.metrics.ModelMeters;
import dev.knight.metrics.SpendBook;
import dev.knight.metrics.Surroundings;
import dev.knight.metrics.Tracing;
import dev.knight.metrics.Wellness;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;

/** Who listens to what knight does, and what can be asked of how it is. */
final class MetricsWiring {
  @Produces
  @Singleton
  @Typed(SpendBook.class)
  SpendBook spendBook(FigureStore store, InstantSource clock) {
    return new SpendBook(store, clock);
  }

  @Produces
  @Singleton
  RequestListener requests(MeterRegistry registry) {
    return new GitHubMeters(registry);
  }

  @Produces
  @Singleton
  SpendListener spending(MeterRegistry registry, SpendBook book) {
    return SpendListener.all(List.of(new ModelMeters(registry), book));
  }

  @Produces
  @Singleton
  Tracing tracing(KnightConfig config, InstantSource clock) {
    return config
        .traces()
        .endpoint()
        .map(place -> Tracing.to(place, Version.number(), clock))
        .orElse(Tracing.NONE);
  }

  void flush(@Disposes Tracing tracing) {
    tracing.close();
  }

  @Produces
  @Singleton
  AttemptListener attempts(
      MeterRegistry registry, Tracing tracing, SpendBook book, InstantSource clock) {
    return AttemptListener.all(
        List.of(new AttemptMeters(registry, clock), tracing.listener(), book));
  }

  @Produces
  @Singleton
  MeterBinder gauges(
      FigureStore store, Surroundings around, PollingSettings polling, InstantSource clock) {
    Gauges gauges = new Gauges(store, around, clock);
    return registry -> gauges.register(registry, polling.repositories());
  }

  @Produces
  @Singleton
  Statistics statistics(FigureStore store, KnightConfig config) {
    return new Statistics(store, config.limits().costPerDay());
  }

  @Produces
  @Singleton
  Wellness wellness(FigureStore store, Surroundings around, InstantSource clock) {
    return new Wellness(store, around, clock);
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck storeCheck(Wellness wellness) {
    return wellness.storeCheck();
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck pollerCheck(Wellness wellness) {
    return wellness.pollerCheck();
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck tokenCheck(Wellness wellness) {
    return wellness.tokenCheck();
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck diskCheck(Wellness wellness) {
    return wellness.diskCheck();
  }
}
