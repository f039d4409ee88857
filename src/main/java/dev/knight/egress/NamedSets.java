package dev.knight.egress;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sets of {@code resources/network/sets.txt}, by their names. */
final class NamedSets {
  private static final String FILE = "/network/sets.txt";

  private NamedSets() {}

  /** All of them, in the order of their names. */
  static Map<String, Set<Target>> read() {
    return lines()
        .collect(
            Collectors.toMap(
                sides -> sides[0], sides -> targets(sides[1]), (one, _) -> one, TreeMap::new));
  }

  /** Their names in order, without a look at what they hold. */
  static Set<String> names() {
    return lines().map(sides -> sides[0]).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Of each set its name, and its targets. */
  private static Stream<String[]> lines() {
    return text()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split(":", 2));
  }

  private static Set<Target> targets(String words) {
    return Arrays.stream(words.strip().split(" +"))
        .map(word -> Target.written(word).orElseThrow())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String text() {
    try (InputStream file = NamedSets.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException("The program lacks " + FILE);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
