package dev.knight.hygiene;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Secret;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedactorTest {
  private static final String TOKEN = "ghp_c4n4ryC4N4RYc4n4ryC4N4RYc4n4ry012345";
  private static final String ODD = "s3cret/with+\"odd\\&<signs>=%";

  private final Redactor redactor =
      new Redactor(new KnownSecrets(new Secret(TOKEN), new Secret(ODD)));

  @Test
  void a_secret_is_found_in_every_usual_encoding() {
    for (String secret : List.of(TOKEN, ODD)) {
      for (UnaryOperator<String> encoding : encodings()) {
        String said = "before " + encoding.apply(secret) + " after";

        assertThat(redactor.text(said))
            .startsWith("before ")
            .endsWith(" after")
            .contains("***")
            .hasSizeLessThan(30);
      }
    }
  }

  @Test
  void of_secrets_that_pass_those_of_a_day_are_known() {
    KnownSecrets secrets = new KnownSecrets();
    Redactor all = new Redactor(secrets);
    for (int hour = 0; hour < 30; hour++) {
      secrets.addPassing(new Secret("odd secret of hour " + hour + " of this test"));
    }

    assertThat(all.text("odd secret of hour 29 of this test")).isEqualTo("***");
    assertThat(all.text("odd secret of hour 6 of this test")).isEqualTo("***");
    assertThat(all.text("odd secret of hour 5 of this test")).contains("hour 5");
  }

  @Test
  void base64_gives_nothing_away_whatever_comes_before_and_after() {
    for (String before : List.of("", "a", "ab", "abc", "TOKEN=")) {
      for (String after : List.of("", "z", "zy", "\nHOME=/root")) {
        String text = before + TOKEN + after;
        for (Base64.Encoder encoder :
            List.of(Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getMimeEncoder())) {
          String encoded = encoder.encodeToString(text.getBytes(UTF_8));

          String shown = redactor.text(encoded).replaceAll("\\s", "");
          int letters = encoded.replaceAll("\\s", "").length();

          // 40 bytes are 53 letters, of which the first and the last may belong to a neighbour too.
          assertThat(shown).contains("***").hasSizeLessThanOrEqualTo(letters - 51 + 3);
        }
      }
    }
  }

  @Test
  void what_parts_the_bytes_does_not_hide_them() {
    String hex = HexFormat.ofDelimiter(" ").formatHex(TOKEN.getBytes(UTF_8));
    String dump = hex.substring(0, 47) + "\n" + hex.substring(48);

    assertThat(redactor.text(dump)).isEqualTo("***");
    assertThat(redactor.text(TOKEN.substring(0, 20) + "\n    " + TOKEN.substring(20)))
        .isEqualTo("***");
  }

  @Test
  void secrets_that_overlap_are_one() {
    Redactor both =
        new Redactor(new KnownSecrets(new Secret("secret12"), new Secret("secret12345")));

    assertThat(both.text("a secret12345 b secret123")).isEqualTo("a *** b ***3");
    assertThat(new Redactor(new KnownSecrets(new Secret("abcdabcd"))).text("xabcdabcdabcdy"))
        .isEqualTo("x***y");
  }

  @Test
  void a_secret_that_came_later_is_known_too_and_the_earlier_one_stays_known() {
    KnownSecrets secrets = new KnownSecrets(new Secret("the-first-one"));
    Redactor later = new Redactor(secrets);

    secrets.add(new Secret("the-second-one"));

    assertThat(later.text("the-first-one, the-second-one")).isEqualTo("***, ***");
  }

  @Test
  void a_short_word_is_no_secret() {
    assertThat(new Redactor(new KnownSecrets(new Secret("test"))).text("a test"))
        .isEqualTo("a test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "ghs_16C7e42F292c6912E7710c838347Ae178B4a",
        "github_pat_11ABCDEFG0abcdefghijkl_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTU",
        "sk-proj-Abc123_def456-GHI789jkl012MNO345",
        "sk-0123456789abcdef0123456789abcdef",
        "sk-ant-api03-Abc123def456_ghi789-jkl012AA",
        "sk-or-v1-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "AIzaSyA1234567890abcdefghijklmnopqrstuv",
        "AKIAQ3EGRJ7K2LMNOPQR",
        "xoxb-123456789012-abcdefABCDEF",
        "glpat-abcDEF123456_ghi-789",
        "npm_abcdefghijklmnopqrstuvwxyzABCDEF0123",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"
      })
  void a_stranger_s_secret_is_known_by_its_shape(String secret) {
    assertThat(redactor.text("key=" + secret + "; \"" + secret + "\""))
        .isEqualTo("key=***; \"***\"");
  }

  @Test
  void a_private_key_is_taken_out_whole_also_escaped_or_without_its_end() {
    String body = "MIIEpAIBAAKCAQEA7bq+/0123456789abcdefghijklmnopqrstuvwxyz\n".repeat(5);
    String key = "-----BEGIN RSA PRIVATE KEY-----\n" + body + "-----END RSA PRIVATE KEY-----";

    assertThat(redactor.text("a " + key + " b")).isEqualTo("a *** b");
    assertThat(redactor.text("{\"key\":\"" + key.replace("\n", "\\n") + "\"}"))
        .isEqualTo("{\"key\":\"***\"}");
    assertThat(redactor.text("-----BEGIN PRIVATE KEY-----\n" + body)).isEqualTo("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2ce0100f5a1c9f0f8e1b1f7c8b9e4d3a2c1b0a99",
        "0f8fad5b-d9cb-469f-a165-70867728950e",
        "sha512-9aT3oyZ1qFzvQXf0l2bMz7QmQ1fO2r8e6v+e2xkz0k3Yx0r5l8Xw==",
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
        "sk-folding-cube-animation-delay-one",
        "the risk-based-Approach-2-testing-of-things",
        "AKIAIOSFODNN7EXAMPLE",
        "-----BEGIN PRIVATE KEY----- is how such a file begins",
        "-----BEGIN CERTIFICATE-----\nMIIEpAIBAAKCAQEA7bq0123456789abcdefghijk\n",
        "npm_config_registry=https://registry.npmjs.org",
        "a task-0123456789-ABCDEFGHIJKLMNOPQRST",
        "List<String> ghp_ is a prefix; eyJ.eyJ.x"
      })
  void what_only_looks_alike_stays(String text) {
    assertThat(redactor.text(text)).isEqualTo(text);
  }

  @Test
  void however_a_stream_is_cut_it_says_what_the_whole_would_say() {
    String key = "-----BEGIN PRIVATE KEY-----\n" + "MIIEabcdefghijklmnopqrstuvwx0123\n".repeat(9);
    String[] parts = {
      TOKEN,
      Base64.getMimeEncoder().encodeToString(("x" + TOKEN + ODD).getBytes(UTF_8)),
      ODD,
      "sk-ant-api03-Abc123def456_ghi789-jkl012AA",
      key + "-----END PRIVATE KEY-----",
      TOKEN.substring(0, 17),
      "-----BEGIN ",
      " plain words é€😀 ",
      "\n\n        ",
      "data: {\"x\":1}\n\n",
      "."
    };
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      StringBuilder whole = new StringBuilder();
      for (int i = random.nextInt(8); i >= 0; i--) {
        whole.append(parts[random.nextInt(parts.length)]);
      }
      byte[] bytes = whole.toString().getBytes(UTF_8);
      RedactedStream stream = redactor.stream();
      ByteArrayOutputStream out = new ByteArrayOutputStream();

      for (int at = 0; at < bytes.length; ) {
        int end = Math.min(bytes.length, at + 1 + random.nextInt(40));
        out.writeBytes(stream.pass(Arrays.copyOfRange(bytes, at, end)));
        at = end;
      }
      out.writeBytes(stream.rest());

      assertThat(out.toString(UTF_8))
          .as("seed %d", seed)
          .isEqualTo(redactor.text(whole.toString()));
    }
  }

  @Test
  void what_cannot_begin_a_secret_is_not_held_back() {
    RedactedStream stream = redactor.stream();

    assertThat(stream.pass("data: {\"delta\":\"Hello\"}\n\n".getBytes(UTF_8)))
        .asString(UTF_8)
        .isEqualTo("data: {\"delta\":\"Hello\"}\n\n");
    assertThat(stream.pass("data: ghp_c4".getBytes(UTF_8))).asString(UTF_8).isEqualTo("data: ");
    assertThat(stream.pass("t!".getBytes(UTF_8))).asString(UTF_8).isEqualTo("ghp_c4t!");
  }

  @Test
  void known_secrets_alone_leave_a_stranger_s_in_code() {
    String said = "AKIAQ3EGRJ7K2LMNOPQR " + TOKEN;

    assertThat(redactor.byValue().text(said)).isEqualTo("AKIAQ3EGRJ7K2LMNOPQR ***");
  }

  @Test
  void bytes_that_are_no_text_are_searched_all_the_same() {
    byte[] bytes = ("\u0000\u0001PN\u0000" + TOKEN + "\u0000").getBytes(UTF_8);

    List<SecretScanner.Found> found = new SecretScanner(List.of()).find(bytes);

    assertThat(found)
        .containsExactly(new SecretScanner.Found(5, 5 + TOKEN.length(), "a GitHub token"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-",
        "eyJ",
        "eyJ.",
        "ghp_",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----\n",
        "a",
        "AKIA",
        "-",
        "eyJaaaaaaaaaaaa.",
        "sk-0A",
        "%67",
        "\\n",
        "-a"
      })
  void hostile_text_takes_time_in_proportion(String piece) {
    String text = piece.repeat(2_000_000 / piece.length());

    assertThat(redactor.text(text)).isNotNull();
  }

  private static List<UnaryOperator<String>> encodings() {
    return List.of(
        it -> it,
        it -> new StringBuilder(it).reverse().toString(),
        it -> HexFormat.of().formatHex(it.getBytes(UTF_8)),
        it -> HexFormat.of().formatHex(it.getBytes(UTF_8)).toUpperCase(Locale.ROOT),
        it -> HexFormat.of().withPrefix("%").formatHex(it.getBytes(UTF_8)),
        it -> URLEncoder.encode(it, UTF_8),
        it -> it.replace("\\", "\\\\").replace("\"", "\\\""),
        it -> it.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
        it -> Base64.getEncoder().encodeToString(it.getBytes(UTF_8)),
        it -> Base64.getUrlEncoder().encodeToString(it.getBytes(UTF_8)));
  }
}
