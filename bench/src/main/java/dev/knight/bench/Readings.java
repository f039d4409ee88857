package dev.knight.bench;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All that was measured in one run. */
record Readings(List<Reading> all) {

  /** The contests of which there is something, in their order. */
  Set<String> benches() {
    return all.stream().map(Reading::bench).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What was measured in {@code bench}, in its order. */
  Set<String> figures(String bench) {
    return all.stream()
        .filter(reading -> reading.bench().equals(bench))
        .flatMap(reading -> reading.figures().keySet().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Of whom {@code figure} was measured, in the order of their turns. */
  Set<String> contestants(String bench, String figure) {
    return all.stream()
        .filter(reading -> reading.bench().equals(bench))
        .filter(reading -> reading.figures().containsKey(figure))
        .map(Reading::who)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The values of one figure over the rounds; it may have none. */
  Spread of(String bench, String figure, String who) {
    return new Spread(
        all.stream()
            .filter(reading -> reading.bench().equals(bench) && reading.who().equals(who))
            .filter(reading -> reading.figures().containsKey(figure))
            .map(reading -> reading.figures().getOrDefault(figure, Double.NaN))
            .sorted()
            .toList());
  }
}
