package dev.knight.simulation;

/**
 * A life of knight has ended, as by {@code kill -9}. No failure that the program knows, so that
 * nothing but its {@code finally} blocks sees it, and those reach nothing any more.
 */
final class Crash extends Error {
  private static final long serialVersionUID = 1;

  Crash(String where) {
    super(where, null, false, false);
  }
}
