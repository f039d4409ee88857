package dev.knight.api;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far somebody who looks on has come, so that who was cut off goes on without hearing anything
 * twice.
 *
 * @param seen the last number of each session; empty for who has just come
 */
public record LivePosition(Map<String, Long> seen) {
  private static final Pattern ONE = Pattern.compile("([A-Za-z0-9-]{0,80})\\.([0-9]{1,18})");
  private static final int MOST = 1_000;

  /** Nothing was seen. */
  public static final LivePosition NONE = new LivePosition(Map.of());

  /** Keeps its own copy. */
  public LivePosition {
    seen = Map.copyOf(seen);
  }

  /**
   * The one that {@code text} is.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static LivePosition parse(String text) {
    Map<String, Long> seen = new TreeMap<>();
    for (String one : text.isEmpty() ? new String[0] : text.split(",", MOST)) {
      var parts = ONE.matcher(one);
      if (!parts.matches()) {
        throw new IllegalArgumentException("after is a list of SESSION.NUMBER with commas between");
      }
      seen.put(parts.group(1), Long.parseLong(parts.group(2)));
    }
    return new LivePosition(seen);
  }

  /** The number of the last line of {@code session} that was seen. */
  public long of(String session) {
    return seen.getOrDefault(session, 0L);
  }

  /** The same after {@code line}. */
  public LivePosition after(LiveLine line) {
    return at(line.session(), line.seq());
  }

  /** The same after number {@code seq} of {@code session}. */
  public LivePosition at(String session, long seq) {
    if (seq <= of(session)) {
      return this;
    }
    Map<String, Long> next = new TreeMap<>(seen);
    next.put(session, seq);
    return new LivePosition(next);
  }

  /** As it stands in an address. */
  @Override
  public String toString() {
    return new TreeMap<>(seen)
        .entrySet().stream()
            .map(one -> one.getKey() + "." + one.getValue())
            .collect(Collectors.joining(","));
  }
}
