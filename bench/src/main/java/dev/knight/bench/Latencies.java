package dev.knight.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the small programs with a queue print at their end: one line of JSON, by hand. */
final class Latencies {
  private Latencies() {}

  /**
   * The line.
   *
   * @param perSecond jobs that were done in a second, when they came as fast as they were taken
   * @param millis from the call that enqueues one to its start, when they came one by one
   */
  static String line(double perSecond, List<Double> millis) {
    Spread spread = new Spread(millis.stream().sorted().toList());
    return "{\"jobs/s\": %s, \"start p50 ms\": %s, \"start p99 ms\": %s}"
        .formatted(perSecond, spread.quantile(0.5), spread.quantile(0.99));
  }

  /** Reads it; {@code lines} are all that the program printed. */
  static Map<String, Double> read(List<String> lines) {
    String line =
        lines.stream()
            .filter(it -> it.startsWith("{"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("It said:\n" + String.join("\n", lines)));
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String pair : line.substring(1, line.length() - 1).split(",", -1)) {
      String[] words = pair.split(":", -1);
      figures.put(words[0].replace('"', ' ').strip(), Double.valueOf(words[1].strip()));
    }
    return figures;
  }
}
