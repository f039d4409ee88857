package dev.knight.bench;

import java.util.Map;

/**
 * One of those that are measured in turns.
 *
 * @param name what the table calls it
 * @param turn does it once
 */
record Contestant(String name, Turn turn) {

  /** Something that is measured. */
  @FunctionalInterface
  interface Turn {
    /** Does it once, and returns what was measured, by name and unit. */
    Map<String, Double> take() throws Exception;
  }
}
