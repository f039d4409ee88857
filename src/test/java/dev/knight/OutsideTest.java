package dev.knight;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.cli.Terminal;
import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutsideTest {
  @TempDir Path directory;
  private Path programs;

  @BeforeEach
  void programs() throws IOException {
    programs = Files.createDirectory(directory.resolve("bin"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "bubblewrap"})
  void no_service_starts_where_no_jail_can_be_made(String sandbox) {
    assertThatThrownBy(() -> outside(sandbox).serve(Optional.empty(), false))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("there is no bwrap on the PATH: install it with \"");
  }

  @Test
  void no_service_starts_in_a_jail_that_only_pretends() throws IOException {
    Path bwrap =
        Files.writeString(
            programs.resolve("bwrap"),
            "#!/bin/sh\nwhile [ \"$1\" != -- ]; do shift; done\nshift\nexec \"$@\"\n");
    Files.setPosixFilePermissions(bwrap, PosixFilePermissions.fromString("rwx------"));

    assertThatThrownBy(() -> outside("auto").serve(Optional.empty(), false))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("The sandbox starts but does not hold");
  }

  private Outside outside(String sandbox) {
    Map<String, String> environment = new HashMap<>();
    environment.put("KNIGHT_GITHUB_TOKEN", "t");
    environment.put("KNIGHT_GITHUB_REPOSITORIES", "a/b");
    environment.put("KNIGHT_MODEL_PROVIDER", "anthropic");
    environment.put("KNIGHT_MODEL_NAME", "m");
    environment.put("KNIGHT_MODEL_API_KEY", "k");
    environment.put("KNIGHT_SANDBOX", sandbox);
    environment.put("PATH", programs.toString());
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    Terminal terminal = new Terminal(nowhere, nowhere, false, false, 80);
    KnightHome home = new KnightHome(directory.resolve("home"));
    return new Outside(home, environment, InstantSource.system(), terminal, "serve");
  }
}
