package dev.knight;

import java.util.Locale;
import java.util.regex.Pattern;

/** Addresses that no other machine can reach. */
final class Loopback {
  private static final Pattern ADDRESS =
      Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[?::1\\]?");

  private Loopback() {}

  /** Whether {@code host} is one. A name that is only set up to lead here is not. */
  static boolean is(String host) {
    return ADDRESS.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }
}
