package dev.knight.doctor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.doctor.Web.Ask;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HttpWebTest {
  @Test
  void a_key_that_cannot_be_sent_is_not_repeated() {
    try (HttpWeb web = new HttpWeb()) {
      Ask ask =
          Ask.get(
              URI.create("http://127.0.0.1:9/"),
              Map.of("Authorization", "Bearer sk-pasted-with-an-ellipsis\u2026"));

      assertThatThrownBy(() -> web.send(ask))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot be sent")
          .hasMessageNotContaining("pasted");
    }
  }
}
