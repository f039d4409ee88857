package dev.knight.egress;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host and a port, written in one way only.
 *
 * @param host a name of at least two labels, in lower case, without a dot at its end; never an
 *     address in numbers
 * @param port from 1 to 65535
 */
public record Target(String host, int port) {
  /** Where a host is asked that was named without a port. */
  public static final int HTTPS = 443;

  private static final int LONGEST = 253;
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

  /** The last label starts with a letter, so what some read as an address is no name here. */
  private static final Pattern NAME =
      Pattern.compile("(?:" + LABEL + "\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

  private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

  /** The target that {@code host} and {@code port}, as a client wrote them, mean. */
  static Optional<Target> of(String host, String port) {
    if (!PORT.matcher(port).matches() || Integer.parseInt(port) > 65_535) {
      return Optional.empty();
    }
    return name(host).map(name -> new Target(name, Integer.parseInt(port)));
  }

  /** The target that a person wrote as {@code host} or {@code host:port}, in any script. */
  static Optional<Target> written(String word) {
    int colon = word.indexOf(':');
    String host = colon < 0 ? word : word.substring(0, colon);
    String port = colon < 0 ? String.valueOf(HTTPS) : word.substring(colon + 1);
    try {
      return host.length() > LONGEST ? Optional.empty() : of(ascii(host), port);
    } catch (IllegalArgumentException noName) {
      return Optional.empty();
    }
  }

  /** Who writes no other script does not wait until the tables of all of them are read. */
  private static String ascii(String host) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(host) ? host : IDN.toASCII(host);
  }

  /** {@code host} in its one spelling, if it is a name. */
  static Optional<String> name(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    return name.length() <= LONGEST && NAME.matcher(name).matches()
        ? Optional.of(name)
        : Optional.empty();
  }

  /** {@code host:port}. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
