package dev.knight.gateway;

import java.util.Locale;
import java.util.Set;

/** The names of this machine for itself. */
final class Loopback {
  private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

  private Loopback() {}

  /** Whether {@code host}, without its port, is this machine by name, not by resolving it. */
  static boolean is(String host) {
    return NAMES.contains(host.toLowerCase(Locale.ROOT));
  }
}
