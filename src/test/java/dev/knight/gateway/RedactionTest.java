package dev.knight.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Secret;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedactionTest {
  private static final String KEY = "aab-keys";

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "nothing here, nothing here",
    "aab-keys, ***",
    "aab-keysaab-keys, ******",
    "aaab-keys, a***",
    "x aab-keaab-keys y, x aab-ke*** y",
    "äöü aab-keys €, äöü *** €",
    "ends with aab-ke, ends with aab-ke"
  })
  void however_a_stream_is_cut_the_key_is_gone_and_the_rest_is_there(String text, String clean) {
    byte[] bytes = text.getBytes(UTF_8);
    for (int first = 0; first <= bytes.length; first++) {
      for (int second = first; second <= bytes.length; second++) {
        Redaction redaction = new Redaction(new Redactor(new KnownSecrets(new Secret(KEY))));
        Buffer all = Buffer.buffer(bytes);

        Buffer out =
            Buffer.buffer()
                .appendBuffer(redaction.pass(all.getBuffer(0, first)))
                .appendBuffer(redaction.pass(all.getBuffer(first, second)))
                .appendBuffer(redaction.pass(all.getBuffer(second, bytes.length)))
                .appendBuffer(redaction.rest());

        assertThat(out.toString()).isEqualTo(clean);
      }
    }
  }

  @Test
  void only_a_possible_beginning_of_the_key_is_held_back() {
    Redaction redaction = new Redaction(new Redactor(new KnownSecrets(new Secret(KEY))));

    assertThat(redaction.pass(Buffer.buffer("data: hello\n\n")).toString())
        .isEqualTo("data: hello\n\n");
    assertThat(redaction.pass(Buffer.buffer("data: aa")).toString()).isEqualTo("data: ");
    assertThat(redaction.pass(Buffer.buffer("rdvark")).toString()).isEqualTo("aardvark");
  }

  @Test
  void without_a_key_everything_passes() {
    Redaction redaction = new Redaction(new Redactor(new KnownSecrets()));

    assertThat(redaction.pass(Buffer.buffer("text")).toString()).isEqualTo("text");
    assertThat(redaction.pass("text")).isEqualTo("text");
    assertThat(redaction.rest().length()).isZero();
  }
}
