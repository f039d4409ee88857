package dev.knight.egress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TargetTest {

  @ParameterizedTest
  @CsvSource({
    "registry.npmjs.org,      registry.npmjs.org:443",
    "Registry.NPMJS.org,      registry.npmjs.org:443",
    "registry.npmjs.org.,     registry.npmjs.org:443",
    "registry.npmjs.org.:80,  registry.npmjs.org:80",
    "deb.debian.org:80,       deb.debian.org:80",
    "bücher.example,          xn--bcher-kva.example:443",
    "BÜCHER.example.,         xn--bcher-kva.example:443",
    "bücher。example:80,       xn--bcher-kva.example:80",
    "xn--bcher-kva.example,   xn--bcher-kva.example:443",
    "a.xn--p1ai,              a.xn--p1ai:443",
    "1.2.3.example,           1.2.3.example:443"
  })
  void a_host_is_written_in_one_way(String written, String means) {
    assertThat(Target.written(written)).map(Target::toString).contains(means);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "localhost",
        "npm",
        "*.npmjs.org",
        "a..org",
        ".a.org",
        "a.org..",
        "-a.org",
        "a-.org",
        "a_b.org",
        "a b.org",
        "a.org:",
        "a.org:0",
        "a.org:00443",
        "a.org:65536",
        "a.org:99999",
        "a.org:+443",
        "a.org:443:443",
        "https://a.org",
        "a.org/b",
        "user@a.org",
        "a.org%00",
        "127.0.0.1",
        "127.1",
        "1.2.3.4.",
        "0x7f.1",
        "0x7f000001",
        "a.0x7f",
        "2130706433",
        "0177.0.0.1",
        "１２７.0.0.1",
        "127。0。0。1",
        "[::1]",
        "::1",
        "fe80::1%eth0",
        "a.1",
        "a.org\u0000"
      })
  void what_is_no_name_or_an_address_in_numbers_is_none(String written) {
    assertThat(Target.written(written)).isEmpty();
  }

  @Test
  void no_name_is_longer_than_names_are() {
    String label = "a".repeat(63);

    assertThat(Target.written(label + ".org")).isPresent();
    assertThat(Target.written(label + "a.org")).isEmpty();
    assertThat(Target.written((label + ".").repeat(4) + "org")).isEmpty();
    assertThat(Target.written("a.".repeat(100_000) + "org")).isEmpty();
  }
}
