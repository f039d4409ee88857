package dev.knight.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GatewayKeyTest {
  @TempDir Path directory;
  private KnightHome home;

  @BeforeEach
  void start() {
    home = new KnightHome(directory.resolve("home"));
  }

  @Test
  void the_first_use_makes_a_file_that_only_its_owner_reads() throws IOException {
    GatewayKey.of(home);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.gatewayKey())))
        .isEqualTo("rw-------");
    assertThat(home.root()).isDirectoryNotContaining(file -> !file.equals(home.gatewayKey()));
  }

  @Test
  void a_token_is_the_same_after_a_restart() {
    String token = GatewayKey.of(home).tokenFor("42").reveal();

    assertThat(GatewayKey.of(home).opens("42", token)).isTrue();
    assertThat(GatewayKey.of(home).opens("43", token)).isFalse();
    assertThat(token).matches("[0-9a-f]{64}");
  }

  @Test
  void another_home_has_other_tokens() {
    String token = GatewayKey.of(home).tokenFor("42").reveal();
    KnightHome other = new KnightHome(directory.resolve("other"));

    assertThat(GatewayKey.of(other).opens("42", token)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abcd", "not hexadecimal"})
  void a_file_that_holds_no_key_is_named_to_the_operator(String text) throws IOException {
    home.make(home.root());
    Files.writeString(home.gatewayKey(), text);

    assertThatThrownBy(() -> GatewayKey.of(home))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining(home.gatewayKey().toString());
  }

  @Test
  void a_home_that_cannot_be_written_is_named_to_the_operator() throws IOException {
    Files.writeString(home.root(), "a file where the home should be");

    assertThatThrownBy(() -> GatewayKey.of(home)).isInstanceOf(MisconfiguredException.class);
  }
}
