package dev.knight.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a run is asked for.
 *
 * @param goals the file of goals that are checked
 * @param only the one contest that is run
 * @param rounds how often each is measured
 * @param record the file that gets one line of JSON for each reading
 */
record Options(Optional<Path> goals, Optional<String> only, int rounds, Path record) {
  private static final Set<String> NAMES = Set.of("--check", "--only", "--rounds", "--record");

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with a sentence for what is wrong
   */
  static Options of(String... args) {
    Map<String, String> values = new HashMap<>();
    Deque<String> words = new ArrayDeque<>(List.of(args));
    while (!words.isEmpty()) {
      String name = words.removeFirst();
      if (!NAMES.contains(name) || words.isEmpty()) {
        throw new IllegalArgumentException("'%s' is no option with a value".formatted(name));
      }
      values.put(name, words.removeFirst());
    }
    return new Options(
        Optional.ofNullable(values.get("--check")).map(Path::of),
        Optional.ofNullable(values.get("--only")),
        Integer.parseInt(values.getOrDefault("--rounds", "5")),
        Path.of(values.getOrDefault("--record", "target/bench/readings.jsonl")));
  }

  /** Whether the contest of that name is to be run. */
  boolean wants(String bench) {
    return only.isEmpty() || only.get().equals(bench);
  }
}
