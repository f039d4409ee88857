package dev.knight.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PublicAddressesTest {
  private static final int IPV6 = 16;

  private final PublicAddresses addresses = new PublicAddresses();

  /** IANA's IPv4 and IPv6 registries of special-purpose addresses, and what else is not public. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "255.255.255.255/32",
        "::/128",
        "::1/128",
        "::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "100:0:0:1::/64",
        "2001::/23",
        "2001::/32",
        "2001:1::1/128",
        "2001:2::/48",
        "2001:3::/32",
        "2001:4:112::/48",
        "2001:10::/28",
        "2001:20::/28",
        "2001:30::/28",
        "2001:db8::/32",
        "2002::/16",
        "2620:4f:8000::/48",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fd00:ec2::254/128",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
        "64:ff9b::a00:0/104",
        "64:ff9b::7f00:0/104",
        "64:ff9b::a9fe:0/112",
        "64:ff9b::c0a8:0/112"
      })
  void no_address_of_a_special_range_is_public(String range) {
    int slash = range.indexOf('/');
    byte[] network = InetAddress.ofLiteral(range.substring(0, slash)).getAddress();
    int host = network.length * Byte.SIZE - Integer.parseInt(range.substring(slash + 1));

    assertThat(addresses.contains(network)).as("the first").isFalse();
    assertThat(addresses.contains(last(network, host))).as("the last").isFalse();
    Random chance = new Random(host);
    for (int i = 0; i < 1000; i++) {
      byte[] some = or(network, new BigInteger(host, chance));
      assertThat(addresses.contains(some)).as(HexFormat.of().formatHex(some)).isFalse();
    }
  }

  @Test
  void an_ipv4_address_stays_what_it_is_behind_a_map() {
    byte[] mapped = new byte[IPV6];
    mapped[10] = mapped[11] = (byte) 0xff;
    Random chance = new Random(4);
    for (int i = 0; i < 1000; i++) {
      byte[] v4 = new byte[4];
      chance.nextBytes(v4);
      System.arraycopy(v4, 0, mapped, 12, v4.length);

      assertThat(addresses.contains(mapped)).isFalse();
      byte[] nat64 = InetAddress.ofLiteral("64:ff9b::").getAddress();
      System.arraycopy(v4, 0, nat64, 12, v4.length);
      assertThat(addresses.contains(nat64)).isEqualTo(addresses.contains(v4));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "104.16.1.34",
        "126.255.255.255",
        "128.0.0.0",
        "151.101.0.223",
        "168.63.129.17",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2606:4700::6810:122",
        "2a04:4e42::223",
        "3ffe:ffff::1",
        "64:ff9b::101:101"
      })
  void what_everybody_reaches_is_public(String address) {
    assertThat(addresses.contains(InetAddress.ofLiteral(address))).isTrue();
  }

  private static byte[] last(byte[] network, int host) {
    return or(network, BigInteger.ONE.shiftLeft(host).subtract(BigInteger.ONE));
  }

  private static byte[] or(byte[] network, BigInteger host) {
    byte[] bits = new BigInteger(1, network).or(host).toByteArray();
    byte[] address = new byte[network.length];
    int from = Math.max(0, bits.length - address.length);
    byte[] used = Arrays.copyOfRange(bits, from, bits.length);
    System.arraycopy(used, 0, address, address.length - used.length, used.length);
    return address;
  }
}
