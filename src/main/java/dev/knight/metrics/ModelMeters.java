package dev.knight.metrics;

import dev.knight.job.JobId;
import dev.knight.job.SpendListener;
import dev.knight.job.Spent;
import dev.knight.job.Tokens;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what the models are asked and what that costs. A model is one that the settings name: the
 * gateway asks no other.
 */
public final class ModelMeters implements SpendListener {
  private final MeterRegistry registry;

  /** Counts in {@code registry}. */
  public ModelMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void used(JobId job, String model, Use use, Spent total) {
    Tokens tokens = use.tokens();
    boolean isAnswered = !tokens.equals(Tokens.NONE);
    Counter.builder("knight.model.requests")
        .description("Questions to a model that are over")
        .tag("model", model)
        .tag("outcome", isAnswered ? "answered" : "failed")
        .register(registry)
        .increment();
    count(model, "input", tokens.input());
    count(model, "output", tokens.output());
    count(model, "cache-read", tokens.cacheRead());
    count(model, "cache-write", tokens.cacheWrite());
    Counter.builder("knight.model.cost")
        .description("What a model has cost, in US dollars")
        .baseUnit("usd")
        .tag("model", model)
        .register(registry)
        .increment(use.usd().doubleValue());
  }

  private void count(String model, String kind, long tokens) {
    Counter.builder("knight.model.tokens")
        .description("Tokens that a model read and wrote")
        .tag("model", model)
        .tag("kind", kind)
        .register(registry)
        .increment((double) tokens);
  }
}
