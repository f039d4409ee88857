package dev.knight.setup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A list to choose from, as it stands after the keys that were pressed so far: what is typed
 * narrows it, one line has the cursor, some may be marked.
 */
final class Menu {
  private final List<String> labels;
  private final Set<Integer> marked;
  private String filter = "";
  private List<Integer> visible;
  private int cursor;

  /**
   * All of {@code labels}, with the cursor on {@code first} of them.
   *
   * @param marked what is marked from the beginning
   */
  Menu(List<String> labels, int first, Collection<Integer> marked) {
    this.labels = List.copyOf(labels);
    this.marked = new TreeSet<>(marked);
    this.visible = all();
    this.cursor = first;
  }

  /** What is typed to find a line. */
  String filter() {
    return filter;
  }

  /** What is marked, in order. */
  Set<Integer> marked() {
    return marked;
  }

  /** How many lines fit what is typed. */
  int size() {
    return visible.size();
  }

  /** Whether no line fits what is typed. */
  boolean isEmpty() {
    return visible.isEmpty();
  }

  /** The line with the cursor. */
  int current() {
    return visible.get(cursor);
  }

  /** Up to {@code rows} lines around the cursor. */
  List<Integer> window(int rows) {
    int from = Math.clamp(cursor - rows / 2, 0, Math.max(0, visible.size() - rows));
    return visible.subList(from, Math.min(visible.size(), from + rows));
  }

  /** Moves the cursor; past one end it comes back at the other. */
  void move(int by) {
    if (!visible.isEmpty()) {
      cursor = Math.floorMod(cursor + by, visible.size());
    }
  }

  /** Moves the cursor by a page, and not past an end. */
  void leap(int by) {
    cursor = Math.clamp((long) cursor + by, 0, Math.max(0, visible.size() - 1));
  }

  /** Marks the line with the cursor, or takes its mark away. */
  void toggle() {
    if (!visible.isEmpty() && !marked.remove(current())) {
      marked.add(current());
    }
  }

  /** Marks all lines that fit, or takes their marks away where all have one. */
  void toggleAll() {
    if (marked.containsAll(visible)) {
      visible.forEach(marked::remove);
    } else {
      marked.addAll(visible);
    }
  }

  /** Narrows the list. */
  void type(String typed) {
    narrow(filter + typed);
  }

  /** Takes the last character back. */
  void erase() {
    if (!filter.isEmpty()) {
      narrow(filter.substring(0, filter.offsetByCodePoints(filter.length(), -1)));
    }
  }

  /** Takes all characters back. */
  void clear() {
    narrow("");
  }

  private void narrow(String to) {
    int kept = visible.isEmpty() ? -1 : current();
    filter = to;
    String wanted = to.toLowerCase(Locale.ROOT);
    visible =
        all().stream()
            .filter(at -> labels.get(at).toLowerCase(Locale.ROOT).contains(wanted))
            .toList();
    cursor = Math.max(0, visible.indexOf(kept));
  }

  private List<Integer> all() {
    List<Integer> all = new ArrayList<>();
    for (int at = 0; at < labels.size(); at++) {
      all.add(at);
    }
    return all;
  }
}
