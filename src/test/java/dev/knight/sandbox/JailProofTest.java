package dev.knight.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JailProofTest {
  @TempDir Path directory;

  @Test
  void the_jail_of_this_machine_holds() throws IOException {
    KnightHome home = new KnightHome(directory);

    assertThat(new JailProof(home).check(Jails.find(System.getenv("PATH"), List.of(), home)))
        .isPositive();

    try (var left = Files.list(home.cache())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void one_that_only_pretends_is_found_out() throws IOException {
    KnightHome home = new KnightHome(directory.resolve("home"));
    program("while [ \"$1\" != -- ]; do shift; done; shift; exec \"$@\"");

    assertThatThrownBy(() -> new JailProof(home).check(jail(home)))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageStartingWith("The sandbox starts but does not hold (found [")
        .hasMessageContaining("a file outside");
  }

  @Test
  void what_bwrap_says_is_made_a_sentence() throws IOException {
    KnightHome home = new KnightHome(directory.resolve("home"));
    program("echo 'bwrap: Unknown option --disable-userns' >&2; exit 1");

    assertThatThrownBy(() -> new JailProof(home).check(jail(home)))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageStartingWith(
            "bwrap is too old (bwrap: Unknown option --disable-userns): install");
  }

  @Test
  void without_bwrap_there_is_a_sentence_too() {
    KnightHome home = new KnightHome(directory);

    assertThatThrownBy(() -> Jails.find(directory.toString(), List.of(), home))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageStartingWith("The sandbox needs bubblewrap 0.8 or later, and there is no bwrap");
  }

  private Bubblewrap jail(KnightHome home) {
    return Jails.find(directory.toString(), List.of(), home);
  }

  private void program(String script) throws IOException {
    Path file = Files.writeString(directory.resolve("bwrap"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
