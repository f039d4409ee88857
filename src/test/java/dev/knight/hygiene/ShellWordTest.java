package dev.knight.hygiene;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShellWordTest {
  @Test
  void a_plain_word_is_typed_as_it_is() {
    assertThat(ShellWord.of(Path.of("/home/ada/.knight-2"))).isEqualTo("/home/ada/.knight-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/home/ada l/.knight", "it's", "$(reboot)", "~/x", "a\nb", "", "*"})
  void a_shell_reads_any_other_word_as_it_was_meant(String word) throws Exception {
    Process shell = new ProcessBuilder("sh", "-c", "printf '<%s>' " + ShellWord.of(word)).start();

    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("<" + word + ">");
    assertThat(shell.waitFor()).isZero();
  }
}
