package dev.knight.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.egress.RequestHead.Fetch;
import dev.knight.egress.RequestHead.Tunnel;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HeadReaderTest {
  private static final String TUNNEL =
      "CONNECT registry.npmjs.org:443 HTTP/1.1\r\nHost: registry.npmjs.org:443\r\n\r\n";
  private static final String FETCH =
      """
      GET http://deb.debian.org/debian/dists/stable/InRelease?x=1 HTTP/1.1\r
      Host: deb.debian.org\r
      User-Agent: apt\r
      Proxy-Authorization: Basic abc\r
      Connection: keep-alive, X-Hop\r
      X-Hop: 1\r
      Accept: */*\r
      \r
      """;

  @Test
  void a_tunnel_is_asked_for_by_host_and_port() throws Exception {
    assertThat(read(TUNNEL)).isEqualTo(new Tunnel(new Target("registry.npmjs.org", 443)));
    assertThat(read("CONNECT A.Example.:8443 HTTP/1.0\r\n\r\n"))
        .isEqualTo(new Tunnel(new Target("a.example", 8443)));
    assertThat(
            read("CONNECT a.example:443 HTTP/1.1\r\nhost: A.EXAMPLE\r\nContent-Length: 0\r\n\r\n"))
        .isEqualTo(new Tunnel(new Target("a.example", 443)));
  }

  @Test
  void a_plain_request_goes_on_without_what_was_for_the_proxy() throws Exception {
    assertThat(read(FETCH))
        .isEqualTo(
            new Fetch(
                new Target("deb.debian.org", 80),
                """
                GET /debian/dists/stable/InRelease?x=1 HTTP/1.1\r
                Host: deb.debian.org\r
                Connection: close\r
                User-Agent: apt\r
                Accept: */*\r
                \r
                """));
    assertThat(read("HEAD http://a.example:8080?q HTTP/1.0\r\n\r\n"))
        .isEqualTo(
            new Fetch(
                new Target("a.example", 8080),
                "HEAD /?q HTTP/1.0\r\nHost: a.example:8080\r\nConnection: close\r\n\r\n"));
  }

  @Test
  void what_follows_a_head_is_left() throws Exception {
    Received received = Chunks.received(TUNNEL + "\u0016\u0003", 7);

    HeadReader.read(received);

    assertThat(received.takeAll()).isEqualTo(new byte[] {22, 3});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n",
        "CONNECT a.example:443\r\n\r\n",
        "CONNECT a.example:443 HTTP/2\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.2\r\n\r\n",
        "CONNECT  a.example:443 HTTP/1.0\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.0 \r\n\r\n",
        "connect a.example:443 HTTP/1.0\r\n\r\n",
        "CONNECT a.example HTTP/1.0\r\n\r\n",
        "CONNECT a.example: HTTP/1.0\r\n\r\n",
        "CONNECT user@a.example:443 HTTP/1.0\r\n\r\n",
        "CONNECT user:pass@a.example:443 HTTP/1.0\r\n\r\n",
        "CONNECT a.example:443/ HTTP/1.0\r\n\r\n",
        "CONNECT https://a.example:443 HTTP/1.0\r\n\r\n",
        "CONNECT a.example:443,b.example:443 HTTP/1.0\r\n\r\n",
        "CONNECT a%2eexample:443 HTTP/1.0\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\r\nHost: b.example:443\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:80\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\nHost: a.example\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\nhost: b.example\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example, b.example\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\r\nHost : a.example\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\r\n Host: a.example\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\nX: 1\r\n\t2\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\nno field\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\n: empty\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\nHost: a.example\n\n",
        "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\n\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\r\nHost: a.exa\rmple\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\r\r\nHost: a.example\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\nX: \u0000\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\nX: \u00e4\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "GET https://a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "GET ftp://a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "GET http:///x HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "GET http://user@a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "GET http://a.example\\@b.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "GET http://a.example#@b.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "GET http://a.example/#x HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "GET http://a.example:/ HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "GET http://a.example/ HTTP/1.1\r\nHost: b.example\r\n\r\n",
        "GET http://a.example/ HTTP/1.1\r\nHost: a.example\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n",
        "GET http://a.example/ HTTP/1.1\r\nHost: a.example\r\nContent-Length: +0\r\n\r\n",
        "GET http://a.example/ HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: identity\r\n\r\n"
      })
  void a_head_that_may_be_read_in_two_ways_is_not_taken(String head) {
    assertThatThrownBy(() -> read(head))
        .isInstanceOfSatisfying(
            DeniedException.class,
            denied -> {
              assertThat(denied.status()).isEqualTo(DeniedException.Status.BAD_REQUEST);
              assertThat(denied.place()).isEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONNECT 127.0.0.1:443 HTTP/1.0",
        "CONNECT 127.1:443 HTTP/1.0",
        "CONNECT 2130706433:443 HTTP/1.0",
        "CONNECT 0x7f000001:443 HTTP/1.0",
        "CONNECT 0177.0.0.1:443 HTTP/1.0",
        "CONNECT [::1]:443 HTTP/1.0",
        "CONNECT [::ffff:127.0.0.1]:443 HTTP/1.0",
        "CONNECT localhost:443 HTTP/1.0",
        "CONNECT a.example:0 HTTP/1.0",
        "CONNECT a.example:70000 HTTP/1.0",
        "CONNECT a..example:443 HTTP/1.0",
        "GET http://169.254.169.254/latest/meta-data HTTP/1.0",
        "GET http://[fd00:ec2::254]/ HTTP/1.0",
        "POST http://a.example/ HTTP/1.0",
        "DELETE http://a.example/ HTTP/1.0"
      })
  void what_no_job_gets_is_told_to_people(String line) {
    assertThatThrownBy(() -> read(line + "\r\n\r\n"))
        .isInstanceOfSatisfying(
            DeniedException.class,
            denied -> {
              assertThat(denied.status()).isEqualTo(DeniedException.Status.FORBIDDEN);
              assertThat(denied.place())
                  .hasValueSatisfying(
                      place -> assertThat(place).matches("[A-Za-z0-9.:\\[\\]-]+:[0-9]+"));
            });
  }

  @Test
  void a_head_has_bounds() {
    assertThatThrownBy(
            () -> read("GET http://a.example/" + "x".repeat(20_000) + " HTTP/1.0\r\n\r\n"))
        .isInstanceOf(DeniedException.class)
        .hasMessageContaining("too long");
    assertThatThrownBy(
            () -> read("GET http://a.example/ HTTP/1.0\r\n" + "a: b\r\n".repeat(200) + "\r\n"))
        .isInstanceOf(DeniedException.class)
        .hasMessageContaining("too many lines");
    assertThatThrownBy(() -> read("CONNECT a.example:443 HTT")).isInstanceOf(EOFException.class);
  }

  /** Whatever comes in, what goes on is one request for the host that was judged. */
  @Test
  void no_noise_makes_a_head_say_two_things() throws IOException {
    Random chance = new Random(20);
    List<String> seeds = List.of(TUNNEL, FETCH);
    String noise =
        "\r\n :/@?#.[]%\\\t\u0000\u00ffGET:Host:Content-Length:Transfer-Encoding:chunked";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(seeds.get(i % 2));
      for (int edits = 1 + chance.nextInt(4); edits > 0; edits--) {
        int at = chance.nextInt(text.length());
        int from = chance.nextInt(noise.length());
        int to = Math.min(noise.length(), from + 1 + chance.nextInt(3));
        text.replace(at, at + chance.nextInt(3), noise.substring(from, to));
      }
      assertHarmless(text.toString());
    }
  }

  private static void assertHarmless(String text) throws IOException {
    try {
      if (read(text) instanceof Fetch(Target target, String out)) {
        assertThat(out).matches("(?s)(GET|HEAD) /[!-~]* HTTP/1\\.[01]\r\n.*\r\n\r\n");
        assertThat(out.indexOf("\r\n\r\n")).isEqualTo(out.length() - 4);
        assertThat(out.toLowerCase(Locale.ROOT))
            .doesNotContain("\r\ncontent-length", "\r\ntransfer-encoding", "\r\n ", "\r\n\t")
            .containsOnlyOnce("\r\nhost:");
        assertThat(Target.name(target.host())).contains(target.host());
      }
    } catch (DeniedException | EOFException _) {
      // Most of it is.
    }
  }

  private static RequestHead read(String text) throws IOException, DeniedException {
    return HeadReader.read(Chunks.received(text, 1 + (text.length() & 31)));
  }
}
