package dev.knight.chaos;

import java.util.Locale;

/** What is killed. */
enum Victim {
  /** {@code knight serve}. */
  SERVICE,
  /** The process around one pi. */
  BRIDGE,
  /** One pi. */
  PI,
  /** A command that pi runs. */
  TOOL;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
