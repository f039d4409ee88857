package dev.knight.metrics;

import dev.knight.github.RequestListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Counts the requests to GitHub. */
public final class GitHubMeters implements RequestListener {
  private final Map<Asked, Counter> requests = new HashMap<>();

  /** What is counted by itself. */
  private record Asked(Kind kind, Result result) {}

  /** Counts in {@code registry}. */
  public GitHubMeters(MeterRegistry registry) {
    for (Kind kind : Kind.values()) {
      for (Result result : Result.values()) {
        requests.put(
            new Asked(kind, result),
            Counter.builder("knight.github.requests")
                .description("Requests to GitHub, by what they were for and what came of them")
                .tag("kind", word(kind))
                .tag("outcome", word(result))
                .register(registry));
      }
    }
  }

  @Override
  public void asked(Kind kind, Result result) {
    Counter counter = requests.get(new Asked(kind, result));
    if (counter != null) {
      counter.increment();
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
