package dev.knight.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NoSandboxTest {
  @Test
  void it_runs_the_program_as_it_is_and_says_that_it_is_none() {
    Sandbox none = new NoSandbox();
    Cell cell =
        new Cell(List.of("/bin/true", "x"), Path.of("/"), Map.of(), List.of(), Path.of("/nowhere"));

    assertThat(new NoSandbox().command(cell)).containsExactly("/bin/true", "x");
    assertThat(none.isNone()).isTrue();
    assertThat(none.name()).isEqualTo("none");
  }
}
