package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.knight.home.KnightHome;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SecretFileTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------", "rwx------"})
  void what_is_for_its_owner_alone_is_read(String permissions) throws IOException {
    assertThat(SecretFile.read("key", file("token", "the-token\n", permissions)).reveal())
        .isEqualTo("the-token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--", "rw-----w-", "rw-r--r--"})
  void what_others_can_read_or_change_is_refused_with_the_mend(String permissions)
      throws IOException {
    Path file = file("token", "the-token\n", permissions);

    assertThatThrownBy(() -> SecretFile.read("key", file))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage("%1$s is open to other users: run chmod 600 %1$s", file.toRealPath());
  }

  @Test
  void a_link_is_as_good_as_what_it_leads_to() throws IOException {
    Path open = file("open", "the-token\n", "rw-r--r--");
    Path closed = file("closed", "the-token\n", "rw-------");

    assertThatThrownBy(
            () -> SecretFile.read("key", Files.createSymbolicLink(directory.resolve("link"), open)))
        .hasMessageContaining("run chmod 600 " + open.toRealPath());
    assertThat(
            SecretFile.read("key", Files.createSymbolicLink(directory.resolve("other"), closed))
                .reveal())
        .isEqualTo("the-token");
  }

  @Test
  void another_user_s_file_is_refused() throws IOException {
    Path file = file("token", "the-token\n", "rw-------");
    assumeThat(System.getProperty("user.name"))
        .as("only root can give a file away")
        .isEqualTo("root");
    Files.setAttribute(file, "unix:uid", 65534);

    assertThatThrownBy(() -> SecretFile.read("key", file))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("belongs to another user");
  }

  @Test
  void a_token_that_changed_is_read_again_and_both_are_known() throws IOException {
    KnownSecrets secrets = new KnownSecrets();
    Path file = file("token", "the-first-token\n", "rw-------");
    TokenFile token = new TokenFile("key", file, secrets);

    assertThat(token.token().reveal()).isEqualTo("the-first-token");
    Files.move(
        file("next", "the-second-token\n", "rw-------"), file, StandardCopyOption.REPLACE_EXISTING);

    assertThat(token.token().reveal()).isEqualTo("the-second-token");
    assertThat(new Redactor(secrets).text("the-first-token the-second-token")).isEqualTo("*** ***");
  }

  @Test
  void while_the_file_is_unfit_the_earlier_token_stays() throws IOException {
    Path file = file("token", "the-first-token\n", "rw-------");
    TokenFile token = new TokenFile("key", file, new KnownSecrets());

    Files.delete(file);
    assertThat(token.token().reveal()).isEqualTo("the-first-token");
    Path open = file("token", "the-second-token\n", "rw-r--r--");
    assertThat(token.token().reveal()).isEqualTo("the-first-token");
    Files.delete(open);
    file("token", "the-third-token\n", "rw-------");
    assertThat(token.token().reveal()).isEqualTo("the-third-token");
  }

  @Test
  void systemd_s_credentials_are_found_by_their_names() throws IOException {
    Path token = file("github-token", "the-token\n", "rw-------");
    file("model-api-key", "the-model-key\n", "rw-------");
    Map<String, String> environment = Map.of("CREDENTIALS_DIRECTORY", directory.toString());

    KnightConfig config =
        Settings.load(new KnightHome(directory.resolve("home")), Optional.empty(), environment)
            .config();

    assertThat(config.github().tokenFile()).contains(token);
    assertThat(Credentials.modelKey(config.model()).orElseThrow().reveal())
        .isEqualTo("the-model-key");
  }

  @Test
  void settings_with_a_secret_are_refused_while_others_can_read_them() throws IOException {
    KnightHome home = new KnightHome(directory);
    file("knight.yml", "knight: {github: {token: the-token}}\n", "rw-r--r--");

    assertThatThrownBy(() -> Settings.load(home, Optional.empty(), Map.of()))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("run chmod 600");

    file("knight.yml", "knight: {workers: 3}\n", "rw-r--r--");
    assertThat(Settings.load(home, Optional.empty(), Map.of()).config().workers()).isEqualTo(3);
  }

  private Path file(String name, String text, String permissions) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
