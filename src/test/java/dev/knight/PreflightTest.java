package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.fake.AppKeys;
import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PreflightTest {
  private static final Map<String, String> ENOUGH =
      Map.of(
          "KNIGHT_GITHUB_TOKEN", "t",
          "KNIGHT_GITHUB_REPOSITORIES", "a/b",
          "KNIGHT_MODEL_PROVIDER", "anthropic",
          "KNIGHT_MODEL_NAME", "m",
          "KNIGHT_MODEL_API_KEY", "k");

  @TempDir Path home;

  @Test
  void enough_is_enough() {
    assertThatCode(() -> Preflight.check(config(ENOUGH))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "KNIGHT_GITHUB_TOKEN,,knight.github.token is not set",
    "KNIGHT_GITHUB_REPOSITORIES,,knight.github.repositories is not set",
    "KNIGHT_MODEL_PROVIDER,,knight.model.provider is not set",
    "KNIGHT_MODEL_NAME,,knight.model.name is not set",
    "KNIGHT_MODEL_API_KEY,,knight.model.api-key is not set",
    "KNIGHT_MODEL_PROVIDER,openai-compatible,knight.model.base-url is not set",
  })
  void what_is_missing_is_named(String variable, String value, String sentence) {
    Map<String, String> environment = new HashMap<>(ENOUGH);
    environment.put(variable, value == null ? "" : value);

    assertThatThrownBy(() -> Preflight.check(config(environment)))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageStartingWith(sentence);
  }

  @Test
  void a_machine_with_a_jail_has_none_without_bubblewrap() {
    KnightHome empty = new KnightHome(home.resolve("h"));

    assertThat(Preflight.obstacle(empty, Map.of("PATH", "/usr/local/bin:/usr/bin:/bin"))).isEmpty();
    assertThat(Preflight.obstacle(empty, Map.of("PATH", home.toString())).orElseThrow())
        .contains("bubblewrap");
  }

  @Test
  void a_token_may_be_in_a_file() throws IOException {
    Path file = own("token", "from-file\n");

    Credentials credentials =
        Credentials.of(config(Map.of("KNIGHT_GITHUB_TOKEN_FILE", file.toString())).github());

    assertThat(credentials.token().orElseThrow().reveal()).isEqualTo("from-file");
    assertThat(credentials.toString()).doesNotContain("from-file");
  }

  @Test
  void an_app_needs_all_its_parts() throws IOException {
    Path key = own("key.pem", "PEM");
    Map<String, String> app = new HashMap<>();
    app.put("KNIGHT_GITHUB_APP_ID", "12");
    app.put("KNIGHT_GITHUB_APP_PRIVATE_KEY_FILE", key.toString());

    assertThatThrownBy(() -> Credentials.of(config(app).github()))
        .hasMessageStartingWith("knight.github.app.installation-id is not set");

    app.put("KNIGHT_GITHUB_APP_INSTALLATION_ID", "34");
    assertThatThrownBy(() -> Credentials.of(config(app).github()))
        .hasMessageStartingWith("knight.github.app.private-key-file names no private key");

    Files.writeString(key, AppKeys.pkcs1(AppKeys.pair()));
    assertThat(Credentials.of(config(app).github()).app()).isPresent();
  }

  @Test
  void a_missing_file_is_named() {
    assertThatThrownBy(
            () -> Credentials.of(config(Map.of("KNIGHT_GITHUB_TOKEN_FILE", "/no/file")).github()))
        .hasMessage("knight.github.token-file names /no/file, which cannot be read");
  }

  @Test
  void the_key_of_the_model_may_be_in_a_file() throws IOException {
    Map<String, String> environment = new HashMap<>(ENOUGH);
    environment.put("KNIGHT_MODEL_API_KEY", "");
    environment.put("KNIGHT_MODEL_API_KEY_FILE", own("key", "model-key\n").toString());

    Preflight.check(config(environment));

    assertThat(Credentials.modelKey(config(environment).model()).orElseThrow().reveal())
        .isEqualTo("model-key");
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "127.1.2.3", "localhost", "::1"})
  void loopback_is_open_to_this_machine_alone(String host) {
    Map<String, String> environment = new HashMap<>(ENOUGH);
    environment.put("KNIGHT_HTTP_HOST", host);

    assertThatCode(() -> Preflight.check(config(environment))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0", "::", "192.168.1.7", "knight.lan", "127.0.0.1.evil.example"})
  void another_address_has_to_be_chosen_with_a_proxy(String host) {
    Map<String, String> environment = new HashMap<>(ENOUGH);
    environment.put("KNIGHT_HTTP_HOST", host);

    assertThatThrownBy(() -> Preflight.check(config(environment)))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("'" + host + "'")
        .hasMessageContaining("knight.http.behind-proxy: true");

    environment.put("KNIGHT_HTTP_BEHIND_PROXY", "true");
    assertThatCode(() -> Preflight.check(config(environment))).doesNotThrowAnyException();
  }

  private Path own(String name, String text) throws IOException {
    Path file = Files.writeString(home.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private KnightConfig config(Map<String, String> environment) {
    return Settings.load(new KnightHome(home), Optional.empty(), environment).config();
  }
}
