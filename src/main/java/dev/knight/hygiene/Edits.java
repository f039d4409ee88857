package dev.knight.hygiene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Places of a text that are to be replaced, all at once. */
final class Edits {
  private final String source;
  private final List<Edit> edits = new ArrayList<>();

  Edits(String source) {
    this.source = source;
  }

  private record Edit(int start, int end, String text) {}

  /** Puts {@code text} in the place of what lies between. */
  void replace(int start, int end, String text) {
    if (start < end
        && !source.regionMatches(start, text, 0, Math.max(text.length(), end - start))) {
      edits.add(new Edit(start, end, text));
    }
  }

  /** Takes out what lies between. What comes to touch by that is looked at in the next round. */
  void remove(int start, int end) {
    replace(start, end, "");
  }

  /** The text with everything replaced; where two places overlap, nothing of either stays. */
  String apply() {
    edits.sort(Comparator.comparingInt(Edit::start).thenComparingInt(edit -> -edit.end()));
    StringBuilder text = new StringBuilder(source.length());
    int at = 0;
    for (Edit edit : edits) {
      if (edit.start() >= at) {
        text.append(source, at, edit.start()).append(edit.text());
      }
      at = Math.max(at, edit.end());
    }
    return text.append(source, at, source.length()).toString();
  }
}
