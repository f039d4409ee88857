package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.cli.Version;
import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettingsTest {
  @TempDir Path directory;
  private KnightHome home;

  @BeforeEach
  void home() {
    home = new KnightHome(directory);
  }

  @Test
  void the_file_is_read() throws IOException {
    file(
        """
        knight:
          github:
            repositories:
              - ada/engine
              - ada/Notes
            token: abc$d{e}
          limits:
            cost: 0.50 USD
          trust: {users: [], permission: admin}
        """);

    KnightConfig config = load(Map.of()).config();

    assertThat(config.github().repositories().orElseThrow())
        .containsExactly(new RepositoryName("ada", "engine"), new RepositoryName("ada", "Notes"));
    assertThat(config.github().token().orElseThrow().reveal()).isEqualTo("abc$d{e}");
    assertThat(config.limits().cost()).isEqualByComparingTo("0.5");
    assertThat(config.trust().users()).isEmpty();
    assertThat(config.trust().permission()).isEqualTo(KnightConfig.Permission.ADMIN);
  }

  @Test
  void the_environment_wins_over_secrets_and_those_over_the_file() throws IOException {
    file("knight: {workers: 3, sandbox: none, github: {token: file, repositories: [a/b]}}");
    secrets("# mine\n\nKNIGHT_GITHUB_TOKEN=\"secret\"\nKNIGHT_SANDBOX=auto\n", "rw-------");

    KnightConfig config =
        load(Map.of(
                "KNIGHT_SANDBOX", "bubblewrap",
                "KNIGHT_WORKERS", "",
                "KNIGHT_GITHUB_REPOSITORIES", "c/d, e/f"))
            .config();

    assertThat(config.sandbox()).isEqualTo(KnightConfig.Sandbox.BUBBLEWRAP);
    assertThat(config.github().token().orElseThrow().reveal()).isEqualTo("secret");
    assertThat(config.workers()).isEqualTo(3);
    assertThat(config.github().repositories().orElseThrow())
        .containsExactly(new RepositoryName("c", "d"), new RepositoryName("e", "f"));
  }

  @Test
  void every_key_has_an_effective_value_so_that_nothing_else_can_set_one() throws IOException {
    file("knight: {sandbox: none}");

    Map<String, String> effective = load(Map.of()).effective();

    assertThat(effective).hasSize(ConfigKey.ALL.size());
    assertThat(effective)
        .containsEntry("knight.sandbox", "none")
        .containsEntry("knight.workers", "2")
        .containsEntry("knight.trust.users", "");
  }

  @Test
  void what_is_shown_has_no_secret_and_no_password_in_an_address() throws IOException {
    file(
        """
        knight:
          github: {token: ghp_some}
          notify: {url: "https://chat.example/hooks/some", secret: some, token: some}
          store: {url: "jdbc:postgresql://db/knight?user=ada&password=some"}
        """);

    Map<String, String> shown = load(Map.of()).shown();

    assertThat(shown)
        .containsEntry("knight.store.url", "jdbc:postgresql://db/knight?user=***&password=***")
        .containsEntry("knight.notify.url", "***")
        .containsEntry("knight.workers", "2");
    assertThat(shown.values()).noneMatch(value -> value.contains("some"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          knight:~  workerz: 3                      | 2 | "knight.workerz is not a key of knight; did you mean knight.workers?"
          knight:~  fancy: 3                        | 2 | "knight.fancy is not a key of knight VERSION, perhaps of a newer one; knight help configuration lists them"
          quarkus:~  http: {port: 1}                | 2 | "quarkus.http.port is not a key of knight VERSION, perhaps of a newer one; knight help configuration lists them"
          knight:~~  workers: many                  | 3 | "knight.workers is 'many', but it must be a whole number from 1 to 64"
          knight:~  workers: 65                     | 2 | "knight.workers is '65', but it must be a whole number from 1 to 64"
          knight:~  workers: [1, 2]                 | 2 | "knight.workers is '1,2', but it must be a whole number from 1 to 64"
          knight:~  workers:~    at: 2              | 2 | "knight.workers must be one value, not a group of keys"
          knight:~  polling:~    interval: 500ms    | 3 | "knight.polling.interval is '500ms', but it must be a time from 1s to 1h, like 10s, 5m or 2h"
          knight:~  polling:~    interval: soon     | 3 | "knight.polling.interval is 'soon', but it must be a time from 1s to 1h, like 10s, 5m or 2h"
          knight:~  polling:~    enabled: maybe     | 3 | "knight.polling.enabled is 'maybe', but it must be true or false"
          knight:~  trust:~    permission: read     | 3 | "knight.trust.permission is 'read', but it must be write, maintain or admin"
          knight:~  trust:~    users: ['a b']       | 3 | "knight.trust.users is 'a b', but it must be a list of logins or account numbers"
          knight:~  sandbox: docker                 | 2 | "knight.sandbox is 'docker', but it must be auto, bubblewrap or none"
          knight:~  limits:~    cost: 5 EUR         | 3 | "knight.limits.cost is '5 EUR', but it must be an amount like 5 USD"
          knight:~  limits:~    time: -1s           | 3 | "knight.limits.time is '-1s', but it must be a time from 1s to 168h, like 10s, 5m or 2h"
          knight:~  retention:~    size: 20         | 3 | "knight.retention.size is '20', but it must be a size like 20GB"
          knight:~  http:~    port: 70000           | 3 | "knight.http.port is '70000', but it must be a whole number from 0 to 65535"
          knight:~  github:~    repositories: [a]   | 3 | "knight.github.repositories is 'a', but it must be a list of owner/name"
          knight:~  github:~    api-url: http://x.y | 3 | "knight.github.api-url is 'http://x.y', but it must be an https address (http is for this machine only)"
          knight:~  github:~    token: a b          | 3 | "knight.github.token is ***, but it must be one word without spaces"
          knight:~  github: nothing                 | 2 | "knight.github is a group: its keys go below it, indented"
          knight:~  workers: 1~  workers: 2         | 3 | "knight.workers is set twice; see also FILE, line 2"
          knight:~  github: {a: [x                  | 2 | "this is not YAML: expected ',' or ']', but got <stream end>"
          knight                                    | 1 | "here 'key: value' is expected, under 'knight:'"
          """)
  void a_wrong_file_is_refused_with_its_line(String yaml, int line, String sentence)
      throws IOException {
    Path file = file(yaml.replace('~', '\n'));

    assertThatThrownBy(() -> load(Map.of()))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage(
            "%s, line %d: %s",
            file,
            line,
            sentence.replace("FILE", file.toString()).replace("VERSION", Version.number()));
  }

  @Test
  void a_group_without_keys_and_an_empty_file_are_fine() throws IOException {
    file("knight:\n  github:\n  workers:\n");
    assertThat(load(Map.of()).config().workers()).isEqualTo(2);

    file("# nothing yet\n");
    assertThat(load(Map.of()).config().workers()).isEqualTo(2);
  }

  @Test
  void a_file_that_refers_to_itself_is_refused() throws IOException {
    file("knight: &a\n  github: *a\n");

    assertThatThrownBy(() -> load(Map.of())).isInstanceOf(MisconfiguredException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          KNIGHT_WORKER       | 2  | environment variable KNIGHT_WORKER: KNIGHT_WORKER is not a setting of knight; did you mean KNIGHT_WORKERS?
          KNIGHT_GITHUB_TOKNE | x  | environment variable KNIGHT_GITHUB_TOKNE: KNIGHT_GITHUB_TOKNE is not a setting of knight; did you mean KNIGHT_GITHUB_TOKEN?
          KNIGHT_WORKERS      | no | environment variable KNIGHT_WORKERS: knight.workers is 'no', but it must be a whole number from 1 to 64
          """)
  void a_wrong_variable_is_refused_by_name(String name, String value, String sentence) {
    assertThatThrownBy(() -> load(Map.of(name, value)))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage(sentence);
  }

  @Test
  void variables_of_the_launcher_are_not_settings() {
    assertThat(load(Map.of("KNIGHT_HOME", "/x", "KNIGHT_JAVA_OPTS", "-Xmx1g", "PATH", "/bin")))
        .isNotNull();
  }

  @Test
  void secrets_that_others_can_read_are_refused() throws IOException {
    Path file = secrets("KNIGHT_GITHUB_TOKEN=x\n", "rw-r-----");

    assertThatThrownBy(() -> load(Map.of()))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage("%1$s is open to other users: run chmod 600 %1$s", file);
  }

  @Test
  void a_wrong_line_of_the_secrets_is_named_without_its_value() throws IOException {
    Path file = secrets("KNIGHT_GITHUB_TOKEN=x\nKNIGHT_MODEL_KEY=hidden\n", "rw-------");

    assertThatThrownBy(() -> load(Map.of()))
        .hasMessageStartingWith(file + ", line 2: KNIGHT_MODEL_KEY is not a setting of knight")
        .hasMessageNotContaining("hidden");

    secrets("\njust words\n", "rw-------");
    assertThatThrownBy(() -> load(Map.of())).hasMessage("%s, line 2: write NAME=value", file);
  }

  @Test
  void a_named_file_must_exist() {
    Path missing = directory.resolve("other.yml");

    assertThatThrownBy(() -> Settings.load(home, Optional.of(missing), Map.of()))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageStartingWith(missing + " cannot be read");
  }

  private Settings load(Map<String, String> environment) {
    return Settings.load(home, Optional.empty(), environment);
  }

  private Path file(String text) throws IOException {
    Files.writeString(home.configuration(), text);
    return Files.setPosixFilePermissions(
        home.configuration(), PosixFilePermissions.fromString("rw-------"));
  }

  private Path secrets(String text, String permissions) throws IOException {
    Files.writeString(home.secrets(), text);
    return Files.setPosixFilePermissions(
        home.secrets(), PosixFilePermissions.fromString(permissions));
  }
}
