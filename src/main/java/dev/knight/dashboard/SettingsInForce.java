package dev.knight.dashboard;

import java.util.List;

/** What this service goes by. */
public interface SettingsInForce {
  /** Every setting, in the order of the documentation. */
  Listing read();

  /**
   * All settings.
   *
   * @param trouble why a start would fail now, or empty
   */
  record Listing(List<Line> lines, String trouble) {
    /** Keeps its own copy. */
    public Listing {
      lines = List.copyOf(lines);
    }
  }

  /**
   * One setting.
   *
   * @param key as in {@code knight.yml}
   * @param value what holds now; never a secret, empty for nothing
   * @param source where that comes from; empty where it is the default
   * @param next what would hold after a restart, where that is something else
   * @param meaning what it is for
   */
  record Line(String key, String value, String source, String next, String meaning) {}
}
