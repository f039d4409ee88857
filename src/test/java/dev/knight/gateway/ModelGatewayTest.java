package dev.knight.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask what, and what the provider gets to see. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ModelGatewayTest {
  private static final String QUESTION = "{\"model\":\"fake-1\",\"messages\":[]}";

  @TempDir Path home;
  private GatewayWorld world;
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

  /** What the provider was asked. */
  private record Asked(String uri, Map<String, String> headers, String body) {}

  @BeforeEach
  void start() {
    world = new GatewayWorld(home);
    world.provider(this::answer);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void the_provider_sees_the_key_and_nothing_that_was_meant_for_knight() throws Exception {
    ModelGateway gateway = open("openai-compatible", "42");

    HttpResponse<String> answer =
        world.send(
            world
                .ask(gateway, "42", "/chat/completions?x=1", QUESTION)
                .header("Cookie", "session=1")
                .header("X-Forwarded-For", "1.2.3.4")
                .header("Forwarded", "for=1.2.3.4")
                .header("OpenAI-Organization", "someone-else")
                .header("x-api-key", "the-agents-own"));

    assertThat(answer.statusCode()).isEqualTo(200);
    Asked seen = asked.remove();
    assertThat(seen.uri()).isEqualTo("/base/chat/completions");
    assertThat(seen.body()).isEqualTo(QUESTION);
    assertThat(seen.headers()).containsEntry("authorization", "Bearer " + GatewayWorld.KEY);
    assertThat(seen.headers())
        .containsOnlyKeys(
            "authorization",
            "accept-encoding",
            "content-type",
            "content-length",
            "host",
            "user-agent");
    assertThat(seen.headers().values())
        .noneMatch(value -> value.contains(gateway.tokenFor("42", 1).reveal()));
  }

  @ParameterizedTest
  @CsvSource({
    "openai, /chat/completions, authorization, 'Bearer '",
    "openai, /responses, authorization, 'Bearer '",
    "anthropic, /v1/messages?beta=true, x-api-key, ''",
    "minimax, /v1/messages, x-api-key, ''",
    "google, /models/fake-1:streamGenerateContent?alt=sse, x-goog-api-key, ''",
    "google, /models/fake-review:generateContent, x-goog-api-key, ''"
  })
  void each_provider_gets_its_key_where_pi_put_the_token(
      String provider, String path, String header, String prefix) throws Exception {
    ModelGateway gateway = open(provider, "42");
    String token = gateway.tokenFor("42", 1).reveal();

    HttpResponse<String> answer =
        world.send(
            HttpRequest.newBuilder(URI.create(gateway.addressFor("42") + path))
                .header(header, prefix + token)
                .POST(BodyPublishers.ofString(QUESTION)));

    assertThat(answer.statusCode()).isEqualTo(200);
    Asked seen = asked.remove();
    assertThat(seen.uri()).isEqualTo("/base" + path);
    assertThat(seen.headers()).containsEntry(header, prefix + GatewayWorld.KEY);
    assertThat(seen.headers().toString()).doesNotContain(token);
  }

  @Test
  void the_review_model_may_be_asked_too() throws Exception {
    ModelGateway gateway = open("openai-compatible", "42-review-1");

    HttpResponse<String> answer =
        world.send(
            world.ask(gateway, "42-review-1", "/chat/completions", "{\"model\":\"fake-review\"}"));

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Bearer ", "Bearer wrong", "Basic 0000", "Bearer " + GatewayWorld.KEY})
  void without_its_token_nobody_is_served(String authorization) throws Exception {
    ModelGateway gateway = open("openai-compatible", "42");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway.addressFor("42") + "/chat/completions"))
            .POST(BodyPublishers.ofString(QUESTION));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }

    assertThat(world.send(request).statusCode()).isEqualTo(401);
    assertThat(asked).isEmpty();
  }

  @Test
  void a_token_opens_its_own_conversation_only() throws Exception {
    ModelGateway gateway = open("openai-compatible", "42");
    GatewayWorld.open(gateway, "43");

    HttpResponse<String> answer =
        world.send(
            HttpRequest.newBuilder(URI.create(gateway.addressFor("42") + "/chat/completions"))
                .header("Authorization", "Bearer " + gateway.tokenFor("43", 1).reveal())
                .POST(BodyPublishers.ofString(QUESTION)));

    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void a_closed_conversation_is_turned_away() throws Exception {
    ModelGateway gateway = open("openai-compatible", "42");
    gateway.close("42");

    HttpResponse<String> answer =
        world.send(world.ask(gateway, "42", "/chat/completions", QUESTION));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(asked).isEmpty();
  }

  @Test
  void after_a_restart_the_same_token_is_good_once_its_conversation_is_open_again()
      throws Exception {
    String token = world.gateway("openai-compatible").tokenFor("42", 1).reveal();
    ModelGateway restarted = world.gateway("openai-compatible");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(restarted.addressFor("42") + "/chat/completions"))
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(QUESTION));

    assertThat(world.send(request).statusCode()).isEqualTo(401);
    GatewayWorld.open(restarted, "42");
    assertThat(world.send(request).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "openai, POST, /files",
    "openai, POST, /v1/files",
    "openai, GET, /models",
    "openai, GET, /chat/completions",
    "openai, DELETE, /responses/resp_1",
    "openai, POST, /responses/compact",
    "openai, POST, /chat/completions/",
    "openai, POST, /chat/../files",
    "openai, POST, /chat%2fcompletions",
    "openai, POST, //chat/completions",
    "openai, POST, /v1/messages",
    "openai, POST, ''",
    "anthropic, POST, /v1/messages/batches",
    "anthropic, POST, /v1/files",
    "anthropic, GET, /v1/models",
    "anthropic, POST, /chat/completions",
    "google, POST, /models/other:streamGenerateContent",
    "google, POST, /models/fake-1:embedContent",
    "google, POST, /cachedContents",
    "google, POST, /chat/completions"
  })
  void everything_but_a_completion_is_forbidden(String provider, String method, String path) {
    ModelGateway gateway = open(provider, "42");

    // pi's own client would clean these paths before it sends them.
    int status =
        GatewayWorld.await(
            world
                .vertx
                .createHttpClient()
                .request(
                    new RequestOptions()
                        .setMethod(HttpMethod.valueOf(method))
                        .setHost("127.0.0.1")
                        .setPort(gateway.addressFor("42").getPort())
                        .setURI("/model/42" + path)
                        .putHeader("authorization", "Bearer " + gateway.tokenFor("42", 1).reveal()))
                .compose(request -> request.send(QUESTION))
                .map(answer -> answer.statusCode()));

    assertThat(status).isEqualTo(403);
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"gpt-expensive\"}",
        "{\"messages\":[]}",
        "{\"model\":[\"fake-1\"]}",
        "{\"model\":null}",
        "{\"model\":\"fake-1\",\"model\":\"gpt-expensive\"}",
        "{\"model\":\"fake-1\",\"Model\":\"gpt-expensive\"}",
        "{\"MODEL\":\"fake-1\"}",
        "{\"messages\":[{\"model\":\"fake-1\"}]}"
      })
  void another_model_is_forbidden(String body) throws Exception {
    ModelGateway gateway = open("openai-compatible", "42");

    HttpResponse<String> answer = world.send(world.ask(gateway, "42", "/chat/completions", body));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "\"fake-1\"", "{\"model\":\"fake-1\"", "{\"model\":\"fake-1\"} {}", "x"})
  void what_is_not_one_json_object_is_no_request(String body) throws Exception {
    ModelGateway gateway = open("openai-compatible", "42");

    HttpResponse<String> answer = world.send(world.ask(gateway, "42", "/chat/completions", body));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:8790", "127.0.0.1.evil.example", "0.0.0.0"})
  void a_host_that_is_not_this_machine_is_refused(String host) {
    assertThat(statusWithHost(host)).isEqualTo(403);
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8790", "localhost", "LOCALHOST:1", "[::1]:8790", "[::1]"})
  void this_machines_own_names_are_served(String host) {
    assertThat(statusWithHost(host)).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "openai, $.error.type, permission_error",
    "anthropic, $.type, error",
    "google, $.error.status, PERMISSION_DENIED"
  })
  void a_refusal_is_put_as_the_provider_would(String provider, String field, String value)
      throws Exception {
    ModelGateway gateway = open(provider, "42");

    HttpResponse<String> answer = world.send(world.ask(gateway, "42", "/v1/files", "{}"));

    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    Object found = new JsonObject(answer.body());
    for (String key : field.substring("$.".length()).split("\\.", -1)) {
      found = ((JsonObject) found).getValue(key);
    }
    assertThat(found).isEqualTo(value);
  }

  @Test
  void a_conversation_has_a_plain_name() {
    ModelGateway gateway = world.gateway("openai");

    assertThatThrownBy(() -> GatewayWorld.open(gateway, "../42"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GatewayWorld.open(gateway, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private ModelGateway open(String provider, String conversation) {
    ModelGateway gateway = world.gateway(provider);
    GatewayWorld.open(gateway, conversation);
    return gateway;
  }

  private int statusWithHost(String host) {
    ModelGateway gateway = open("openai", "42");
    return GatewayWorld.await(
        world
            .vertx
            .createHttpClient()
            .request(
                HttpMethod.POST,
                gateway.addressFor("42").getPort(),
                "127.0.0.1",
                "/model/42/responses")
            .compose(request ->
                request
                    .putHeader("host", host)
                    .putHeader("authorization", "Bearer " + gateway.tokenFor("42", 1).reveal())
                    .send(QUESTION))
            .map(answer -> answer.statusCode()));
  }

  private void answer(HttpServerRequest request) {
    Map<String, String> headers =
        request.headers().entries().stream()
            .collect(
                Collectors.toMap(
                    entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    request
        .body()
        .onSuccess(body -> {
          asked.add(new Asked(request.uri(), headers, body.toString()));
          request.response().end("{}");
        });
  }
}
