package dev.knight.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.knight.home.KnightHome;
import dev.knight.job.Secret;
import dev.knight.sandbox.Cell;
import dev.knight.sandbox.NoSandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PiLaunchTest {
  private static final Path PI = Path.of("/opt/pi");

  @TempDir Path directory;

  private KnightHome home = new KnightHome(Path.of("/nowhere"));

  @BeforeEach
  void prepare() {
    home = new KnightHome(directory.resolve("h"));
  }

  @Test
  void a_model_of_nobody_s_is_described_whole() throws IOException {
    JsonNode provider = models("openai-compatible", "qwen:7b", "tok").at("/providers/knight");

    assertThat(provider.path("baseUrl").asText()).isEqualTo("http://127.0.0.1:1/model/42");
    assertThat(provider.path("apiKey").asText()).isEqualTo("tok");
    assertThat(provider.path("api").asText()).isEqualTo("openai-completions");
    assertThat(provider.at("/models/0/id").asText()).isEqualTo("qwen:7b");
    assertThat(provider.at("/models/0/contextWindow").asInt()).isEqualTo(128_000);
  }

  @Test
  void a_provider_of_pi_s_own_is_only_sent_elsewhere() throws IOException {
    assertThat(models("anthropic", "claude-x", "tok").toString())
        .isEqualTo(
            "{\"providers\":{\"anthropic\":{\"baseUrl\":\"http://127.0.0.1:1/model/42\","
                + "\"apiKey\":\"tok\"}}}");
  }

  @Test
  void a_token_is_never_taken_for_a_variable_or_a_command() throws IOException {
    assertThat(models("openai", "m", "$HOME").at("/providers/openai/apiKey").asText())
        .isEqualTo("$$HOME");
    assertThat(models("openai", "m", "!id $x").at("/providers/openai/apiKey").asText())
        .isEqualTo("$!id $$x");
  }

  @Test
  void a_silent_model_is_given_up_before_pi_is() throws IOException {
    models("openai", "m", "tok");
    Path settings = home.bridge("42").resolve("agent").resolve("settings.json");

    assertThat(new ObjectMapper().readTree(settings.toFile()).path("httpIdleTimeoutMs").asInt())
        .isEqualTo(240_000);
  }

  @Test
  void nothing_that_a_repository_brings_is_loaded() throws IOException {
    Cell cell = launch().cell(request("openai", "m", "tok"), PI);

    assertThat(cell.program())
        .startsWith("/opt/pi", "--mode", "rpc")
        .contains("--no-approve", "--no-extensions", "--no-skills", "--no-prompt-templates")
        .contains("--no-context-files", "--offline", "--session-dir", "knight-42", "openai/m")
        .noneMatch(word -> word.contains("tok"));
    assertThat(cell.environment().values()).noneMatch(value -> value.contains("tok"));
  }

  @Test
  void only_the_owner_may_look_into_what_pi_is_told() throws IOException {
    models("openai", "m", "tok");

    for (String file : new String[] {"bridge.json", "agent/models.json", "agent/settings.json"}) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(home.bridge("42").resolve(file))))
          .isEqualTo("rw-------");
    }
    for (Path made : new Path[] {home.bridge("42"), home.sessions("42"), home.run()}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void the_same_again_is_recognised_and_another_token_too() throws IOException {
    SessionRequest request = request("openai", "m", "tok");
    PiLaunch launch = launch();
    Cell cell = launch.cell(request, PI);
    launch.prepare(cell, request);

    assertThat(launch.isCurrent(cell, request)).isTrue();
    assertThat(launch.isCurrent(cell, request("openai", "m", "other"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--model", "a b", "a\nb", "", "-x", "a;b"})
  void a_model_that_could_be_taken_for_something_else_is_refused(String model) {
    assertThatThrownBy(() -> launch().cell(request("openai", model, "tok"), PI))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private JsonNode models(String provider, String model, String token) throws IOException {
    SessionRequest request = request(provider, model, token);
    launch().prepare(launch().cell(request, PI), request);
    Path file = home.bridge("42").resolve("agent").resolve("models.json");
    return new ObjectMapper().readTree(file.toFile());
  }

  private PiLaunch launch() {
    return new PiLaunch(
        home, new AgentSettings("pi", "/bin", "off", Duration.ofSeconds(2)), new NoSandbox());
  }

  private SessionRequest request(String provider, String model, String token) {
    return new SessionRequest(
        "42",
        directory,
        List.of(),
        SessionRequest.Tools.ALL,
        new SessionRequest.Model(provider, model),
        URI.create("http://127.0.0.1:1/model/42/"),
        new Secret(token),
        Duration.ofMinutes(5),
        Duration.ofMinutes(60));
  }
}
