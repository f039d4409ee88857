package dev.knight.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.egress.ClientHello.Hides;
import dev.knight.egress.ClientHello.Names;
import dev.knight.egress.ClientHello.NoTls;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClientHelloTest {
  private static final String HOST = "registry.npmjs.org";
  private static final byte[] NAME_EXTENSION = extension(0, name(HOST));

  @Test
  void a_real_client_names_its_host() throws Exception {
    byte[] hello = TestTls.hello(HOST);

    for (int chunk : List.of(1, 3, 5, 100, hello.length)) {
      assertThat(read(hello, chunk)).isEqualTo(new Names(HOST));
    }
    assertThat(read(TestTls.hello("Registry.NPMJS.org"), 50)).isEqualTo(new Names(HOST));
    assertThat(read(TestTls.hello(""), 50)).isEqualTo(new Hides());
  }

  @Test
  void nothing_is_taken_away_and_what_follows_stays() throws IOException {
    byte[] hello = hello(NAME_EXTENSION);
    byte[] more = Arrays.copyOf(hello, hello.length + 9);
    Received received = Chunks.received(more, 20);

    assertThat(ClientHello.read(received)).isEqualTo(new Names(HOST));
    assertThat(received.has(more.length)).isTrue();
    assertThat(received.takeAll()).isEqualTo(more);
  }

  @Test
  void a_hello_may_come_in_many_records() throws IOException {
    byte[] message = message(body(NAME_EXTENSION));

    for (int size : List.of(1, 2, 3, 4, 5, 60, message.length - 1)) {
      assertThat(read(records(message, size), 11)).isEqualTo(new Names(HOST));
    }
  }

  @Test
  void a_name_that_is_hidden_counts_for_none() throws IOException {
    assertThat(read(hello(), 9)).isEqualTo(new Hides());
    assertThat(read(hello(extension(10, new byte[] {0, 2, 0, 29})), 9)).isEqualTo(new Hides());
    assertThat(read(hello(NAME_EXTENSION, extension(0xfe0d, new byte[64])), 9))
        .isEqualTo(new Hides());
    assertThat(read(hello(extension(0xffce, new byte[64]), NAME_EXTENSION), 9))
        .isEqualTo(new Hides());
    assertThat(read(records(message(bodyWithoutExtensions()), 99), 9)).isEqualTo(new Hides());
  }

  @Test
  void a_name_that_may_be_read_in_two_ways_is_no_tls() throws IOException {
    byte[] other = extension(0, name("evil.example"));
    assertThat(read(hello(NAME_EXTENSION, other), 9)).isEqualTo(new NoTls());
    assertThat(read(hello(other, NAME_EXTENSION), 9)).isEqualTo(new NoTls());

    byte[] one = entry(0, HOST);
    byte[] two = join(one, entry(0, "evil.example"));
    assertThat(read(hello(extension(0, vector(2, two))), 9)).isEqualTo(new NoTls());
    assertThat(read(hello(extension(0, vector(2, entry(1, HOST)))), 9)).isEqualTo(new NoTls());
    assertThat(read(hello(extension(0, join(vector(2, one), one))), 9)).isEqualTo(new NoTls());
    assertThat(read(hello(extension(0, new byte[0])), 9)).isEqualTo(new NoTls());
  }

  @Test
  void lengths_that_do_not_fit_are_no_tls() throws IOException {
    byte[] message = message(body(NAME_EXTENSION));
    assertThat(read(records(join(message, new byte[] {1}), 999), 9)).isEqualTo(new NoTls());
    assertThat(read(records(join(message, message), 999), 9)).isEqualTo(new NoTls());
    assertThat(read(records(message(join(body(NAME_EXTENSION), new byte[2])), 999), 9))
        .isEqualTo(new NoTls());

    byte[] whole = hello(NAME_EXTENSION);
    for (int length = 1; length < whole.length; length++) {
      assertThat(read(Arrays.copyOf(whole, length), 9)).isEqualTo(new NoTls());
    }
    byte[] endless = message.clone();
    endless[1] = (byte) 0xff;
    assertThat(read(records(join(endless, new byte[40_000]), 16_000), 999)).isEqualTo(new NoTls());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "\u0016\u0003\u0001\u0000\u0000",
        "\u0016\u0002\u0000\u0000\u0005hello",
        "\u0016\u0003\u0001\u00ff\u00ff",
        "\u0015\u0003\u0001\u0000\u0002\u0002(",
        "\u0080.\u0001\u0003\u0001",
        "\u0000"
      })
  void other_words_are_no_tls(String words) throws IOException {
    assertThat(read(words.getBytes(StandardCharsets.ISO_8859_1), 3)).isEqualTo(new NoTls());
  }

  @Test
  void a_client_that_says_nothing_has_ended() {
    assertThatThrownBy(() -> read(new byte[0], 1)).isInstanceOf(EOFException.class);
  }

  /** Noise may break it, but never brings out a name that does not stand there. */
  @Test
  void no_noise_makes_up_a_name() throws Exception {
    byte[] real = TestTls.hello(HOST);
    Random chance = new Random(443);
    for (int i = 0; i < 20_000; i++) {
      byte[] noisy = real.clone();
      for (int edits = 1 + chance.nextInt(3); edits > 0; edits--) {
        noisy[chance.nextInt(noisy.length)] = (byte) chance.nextInt(256);
      }
      if (read(noisy, 512) instanceof Names(String host)) {
        String bytes = new String(noisy, StandardCharsets.ISO_8859_1);
        assertThat(bytes).containsIgnoringCase(host);
        assertThat(host).hasSameSizeAs(HOST);
      }
    }
  }

  private static ClientHello.Word read(byte[] bytes, int chunk) throws IOException {
    return ClientHello.read(Chunks.received(bytes, chunk));
  }

  private static byte[] hello(byte[]... extensions) {
    return records(message(body(extensions)), 16_000);
  }

  private static byte[] body(byte[]... extensions) {
    return join(bodyWithoutExtensions(), vector(2, join(extensions)));
  }

  private static byte[] bodyWithoutExtensions() {
    return join(
        new byte[] {3, 3},
        new byte[32],
        vector(1, new byte[32]),
        vector(2, new byte[] {0x13, 1, 0x13, 2}),
        vector(1, new byte[1]));
  }

  private static byte[] message(byte[] body) {
    return join(new byte[] {1}, vector(3, body));
  }

  private static byte[] records(byte[] message, int size) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int at = 0; at < message.length; at += size) {
      byte[] part = Arrays.copyOfRange(message, at, Math.min(message.length, at + size));
      all.writeBytes(join(new byte[] {22, 3, 1}, vector(2, part)));
    }
    return all.toByteArray();
  }

  private static byte[] extension(int type, byte[] content) {
    return join(new byte[] {(byte) (type >> 8), (byte) type}, vector(2, content));
  }

  private static byte[] name(String host) {
    return vector(2, entry(0, host));
  }

  private static byte[] entry(int type, String host) {
    return join(new byte[] {(byte) type}, vector(2, host.getBytes(StandardCharsets.US_ASCII)));
  }

  private static byte[] vector(int size, byte[] content) {
    byte[] length = new byte[size];
    for (int i = 0; i < size; i++) {
      length[size - 1 - i] = (byte) (content.length >> (Byte.SIZE * i));
    }
    return join(length, content);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
