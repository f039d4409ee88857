package dev.knight.hygiene;

import java.util.EnumMap;
import java.util.Map;

/** Counts what is left out. */
final class Tally {
  private final Map<Removed.Kind, Integer> counts = new EnumMap<>(Removed.Kind.class);

  void count(Removed.Kind kind) {
    count(kind, 1);
  }

  void count(Removed.Kind kind, int times) {
    counts.merge(kind, times, Integer::sum);
  }

  Removed removed() {
    return new Removed(counts);
  }
}
