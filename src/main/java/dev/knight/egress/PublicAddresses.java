package dev.knight.egress;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells the addresses that everybody may reach from those that only this machine and its
 * surroundings can, by IANA's registries of special addresses. Of IPv6 only what is given out to
 * networks (2000::/3) can be public at all.
 */
final class PublicAddresses {
  private static final int IPV4 = 4;

  private final List<Prefix> special4 =
      prefixes(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // carriers' own
          "127.0.0.0/8", // loopback
          "168.63.129.16/32", // a cloud's own agent, at an address that looks public
          "169.254.0.0/16", // link-local, and clouds' metadata
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments
          "192.0.2.0/24", // documentation
          "192.31.196.0/24", // AS112
          "192.52.193.0/24", // AMT
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16", // private
          "192.175.48.0/24", // AS112
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and broadcast

  private final Prefix given6 = Prefix.of("2000::/3");

  private final List<Prefix> special6 =
      prefixes(
          "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID, ...
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4: an IPv4 address in disguise
          "2620:4f:8000::/48", // AS112
          "3fff::/20"); // documentation

  /** Where IPv6-only networks keep the IPv4 Internet: the last four bytes decide. */
  private final Prefix nat64 = Prefix.of("64:ff9b::/96");

  /** Whether everybody may reach {@code address}. */
  boolean contains(InetAddress address) {
    return contains(address.getAddress());
  }

  /** The same of its bytes. */
  boolean contains(byte[] bytes) {
    if (bytes.length == IPV4) {
      return special4.stream().noneMatch(prefix -> prefix.contains(bytes));
    }
    if (nat64.contains(bytes)) {
      return contains(Arrays.copyOfRange(bytes, bytes.length - IPV4, bytes.length));
    }
    return given6.contains(bytes) && special6.stream().noneMatch(prefix -> prefix.contains(bytes));
  }

  private static List<Prefix> prefixes(String... texts) {
    return Stream.of(texts).map(Prefix::of).toList();
  }
}
