package dev.knight.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Things by number, as they are and as they lately were: lists may be behind what was done. */
final class Shelf<T> {
  /** No list is further behind than this. */
  static final Duration MEMORY = Duration.ofMinutes(2);

  private final TreeMap<Long, List<Version<T>>> shelf = new TreeMap<>();

  /** How a thing is from a time on; empty once it is removed. */
  private record Version<T>(Instant from, Optional<T> thing) {}

  void put(long number, T thing, Instant now) {
    add(number, new Version<>(now, Optional.of(thing)));
  }

  void remove(long number, Instant now) {
    add(number, new Version<>(now, Optional.empty()));
  }

  /** The highest number that was ever used; 0 at first. */
  long highest() {
    return shelf.isEmpty() ? 0 : shelf.lastKey();
  }

  Optional<T> get(long number) {
    List<Version<T>> versions = shelf.getOrDefault(number, List.of());
    return versions.isEmpty() ? Optional.empty() : versions.getLast().thing();
  }

  /** All things as they are, by number. */
  List<T> all() {
    return shelf.keySet().stream().flatMap(number -> get(number).stream()).toList();
  }

  /** All things as they were at {@code time}, by number. */
  List<T> at(Instant time) {
    return shelf.values().stream().flatMap(versions -> at(versions, time).stream()).toList();
  }

  private static <T> Optional<T> at(List<Version<T>> versions, Instant time) {
    return versions.reversed().stream()
        .filter(version -> !version.from().isAfter(time))
        .findFirst()
        .flatMap(Version::thing);
  }

  private void add(long number, Version<T> next) {
    List<Version<T>> versions = shelf.computeIfAbsent(number, first -> new ArrayList<>());
    versions.add(next);
    Instant oldest = next.from().minus(MEMORY);
    while (versions.size() > 1 && !versions.get(1).from().isAfter(oldest)) {
      versions.removeFirst();
    }
  }
}
