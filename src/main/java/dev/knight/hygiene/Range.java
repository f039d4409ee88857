package dev.knight.hygiene;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A part of a text: from {@code start}, up to and without {@code end}. */
record Range(int start, int end) {
  /** {@code ranges} in order, where those that overlap are one. */
  static List<Range> merged(Collection<Range> ranges) {
    List<Range> merged = new ArrayList<>();
    for (Range range : ranges.stream().sorted(Comparator.comparingInt(Range::start)).toList()) {
      if (!merged.isEmpty() && range.start < merged.getLast().end) {
        Range last = merged.removeLast();
        merged.add(new Range(last.start, Math.max(last.end, range.end)));
      } else {
        merged.add(range);
      }
    }
    return merged;
  }
}
