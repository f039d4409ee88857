package dev.knight.egress;

import java.net.InetAddress;

/** A block of addresses: those that share their first bits. */
final class Prefix {
  private final byte[] network;
  private final int length;

  /** Those that share the first {@code length} bits with {@code network}. */
  Prefix(byte[] network, int length) {
    if (length < 0 || length > network.length * Byte.SIZE) {
      throw new IllegalArgumentException("No such prefix: /" + length);
    }
    this.network = network.clone();
    this.length = length;
  }

  /** As {@code 10.0.0.0/8} or {@code fc00::/7}. */
  static Prefix of(String text) {
    int slash = text.indexOf('/');
    return new Prefix(
        InetAddress.ofLiteral(text.substring(0, slash)).getAddress(),
        Integer.parseInt(text.substring(slash + 1)));
  }

  /** Whether the address {@code bytes} is one of them. */
  boolean contains(byte[] bytes) {
    if (bytes.length != network.length) {
      return false;
    }
    int whole = length / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (bytes[i] != network[i]) {
        return false;
      }
    }
    int rest = length % Byte.SIZE;
    return rest == 0 || ((bytes[whole] ^ network[whole]) & 0xff) >> (Byte.SIZE - rest) == 0;
  }
}
