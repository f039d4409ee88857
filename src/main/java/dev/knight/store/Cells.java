package dev.knight.store;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** What is written into a row: columns by name, always in the same order. */
final class Cells {
  private final SequencedMap<String, Object> cells = new LinkedHashMap<>();

  /** One cell. */
  static Cells of(String column, Object value) {
    return new Cells().and(column, value);
  }

  /** These, and one more, or another value for one of them. */
  Cells and(String column, Object value) {
    cells.put(column, value);
    return this;
  }

  /** These and {@code others}. */
  Cells and(Cells others) {
    for (Map.Entry<String, Object> cell : others.cells.entrySet()) {
      and(cell.getKey(), cell.getValue());
    }
    return this;
  }

  Collection<String> names() {
    return cells.sequencedKeySet();
  }

  List<Object> values() {
    return List.copyOf(cells.sequencedValues());
  }
}
