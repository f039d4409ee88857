package dev.knight.metrics;

import static java.util.Objects.requireNonNull;

import dev.knight.github.RequestListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts the requests to GitHub. */
public final class GitHubMeters implements RequestListener {
  private final Map<Kind, Map<Result, Counter>> requests = new EnumMap<>(Kind.class);

  /** Counts in {@code registry}. */
  public GitHubMeters(MeterRegistry registry) {
    for (Kind kind : Kind.values()) {
      Map<Result, Counter> counters = new EnumMap<>(Result.class);
      requests.put(kind, counters);
      for (Result result : Result.values()) {
        counters.put(
            result,
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
    requireNonNull(requireNonNull(requests.get(kind)).get(result)).increment();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
