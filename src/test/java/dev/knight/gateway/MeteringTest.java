package dev.knight.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.job.JobId;
import dev.knight.job.Price;
import dev.knight.job.Spent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway counts while answers pass through it, and whom it refuses for that. */
@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MeteringTest {
  private static final JobId JOB = new JobId(42);
  private static final String CHAT = "/chat/completions";
  private static final String QUESTION = "{\"model\":\"fake-1\",\"max_tokens\":100}";
  private static final String USAGE =
      """
      data: {"choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":100}}

      data: [DONE]

      """;

  @TempDir Path home;
  private GatewayWorld world;
  private final AtomicReference<Optional<String>> spent = new AtomicReference<>(Optional.empty());

  @BeforeEach
  void start() {
    world = new GatewayWorld(home);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    "openai, /chat/completions, CHAT_STREAM",
    "openai, /chat/completions, CHAT_WHOLE",
    "openai, /responses, RESPONSES_STREAM",
    "openai, /responses, RESPONSES_WHOLE",
    "anthropic, /v1/messages, MESSAGES_STREAM",
    "minimax, /v1/messages, MESSAGES_WHOLE",
    "google, /models/fake-1:streamGenerateContent?alt=sse, GOOGLE_STREAM",
    "google, /models/fake-1:streamGenerateContent, GOOGLE_LIST"
  })
  void what_pi_has_read_to_its_end_is_counted(
      String provider, String path, ReadingTest.Sample sample) throws Exception {
    world.provider(request -> request.response().end(sample.answer()));
    ModelGateway gateway = open(provider);

    HttpResponse<String> answer = world.send(world.ask(gateway, "42", path, QUESTION));

    assertThat(answer.body()).isEqualTo(sample.answer());
    assertThat(gateway.meter(JOB).spent())
        .isEqualTo(new Spent(sample.tokens().read(), sample.tokens().output(), BigDecimal.ZERO));
    assertThat(gateway.meter(JOB).estimated("42")).isEqualTo(Spent.NOTHING);
  }

  @Test
  void nothing_is_held_back_while_it_is_counted() throws Exception {
    String begin = "data: {\"choices\":[{\"delta\"";
    BlockingQueue<HttpServerResponse> asked = new LinkedBlockingQueue<>();
    world.provider(request -> {
      request.response().setChunked(true).write(begin);
      asked.add(request.response());
    });
    ModelGateway gateway = open("openai");

    HttpResponse<InputStream> answer =
        world.pi.send(
            world.ask(gateway, "42", CHAT, QUESTION).build(), BodyHandlers.ofInputStream());

    try (InputStream in = answer.body()) {
      assertThat(new String(in.readNBytes(begin.length()), UTF_8)).isEqualTo(begin);
      HttpServerResponse rest = asked.poll(60, SECONDS);
      assertThat(rest).isNotNull();
      rest.end(":{\"content\":\"x\"}}]}\n\n" + USAGE);
      assertThat(new String(in.readAllBytes(), UTF_8)).endsWith(USAGE);
    }
    assertThat(gateway.meter(JOB).spent().inputTokens()).isEqualTo(1000);
  }

  @Test
  void a_provider_that_says_nothing_of_it_is_guessed_at() throws Exception {
    world.provider(request -> request.response().end("data: [DONE]\n\n"));
    ModelGateway gateway = open("openai");

    world.send(world.ask(gateway, "42", CHAT, QUESTION));

    assertThat(gateway.meter(JOB).spent().inputTokens()).isPositive();
    assertThat(gateway.meter(JOB).spent().outputTokens()).isPositive();
    assertThat(gateway.meter(JOB).estimated("42")).isEqualTo(gateway.meter(JOB).spent());
  }

  @Test
  void an_answer_that_breaks_off_is_guessed_at() {
    world.provider(request ->
        request
            .response()
            .setChunked(true)
            .write(
                "data: {\"choices\":[{\"delta\":{\"content\":\"" + "x".repeat(4000) + "\"}}]}\n\n")
            .onComplete(_ -> request.connection().close()));
    ModelGateway gateway = open("openai");

    assertThatThrownBy(() -> world.send(world.ask(gateway, "42", CHAT, QUESTION)))
        .isInstanceOf(IOException.class);

    await(gateway, 1001);
    assertThat(gateway.meter(JOB).estimated("42")).isEqualTo(gateway.meter(JOB).spent());
  }

  @Test
  void who_leaves_in_the_middle_pays_for_what_was_asked() throws Exception {
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    world.provider(request -> asked.add(request.uri()));
    ModelGateway gateway = open("openai");
    CompletableFuture<HttpResponse<String>> answer =
        world.pi.sendAsync(
            world.ask(gateway, "42", CHAT, QUESTION).build(), BodyHandlers.ofString());
    assertThat(asked.poll(60, SECONDS)).isNotNull();

    answer.cancel(true);

    await(gateway, 1);
    assertThat(gateway.meter(JOB).estimated("42").inputTokens()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 429, 500, 529})
  void an_answer_that_is_none_costs_nothing(int status) throws Exception {
    world.provider(request ->
        request
            .response()
            .setStatusCode(status)
            .putHeader("location", "https://evil.example")
            .end(USAGE));
    ModelGateway gateway = open("openai");

    world.send(world.ask(gateway, "42", CHAT, QUESTION));

    assertThat(gateway.meter(JOB).spent().inputTokens()).isZero();
  }

  @Test
  void what_it_cost_is_asked_for_though_pi_did_not() throws Exception {
    BlockingQueue<Buffer> bodies = new LinkedBlockingQueue<>();
    world.provider(request ->
        request
            .body()
            .onSuccess(body -> {
              bodies.add(body);
              request.response().end(USAGE);
            }));
    ModelGateway gateway = open("openai");

    world.send(world.ask(gateway, "42", CHAT, "{\"model\":\"fake-1\",\"stream\":true}"));

    assertThat(new JsonObject(bodies.remove()).getJsonObject("stream_options"))
        .isEqualTo(JsonObject.of("include_usage", true));
  }

  @ParameterizedTest
  @CsvSource({
    "openai, /chat/completions, $.error.type, billing_error",
    "anthropic, /v1/messages, $.error.type, billing_error",
    "google, /models/fake-1:generateContent, $.error.status, FAILED_PRECONDITION"
  })
  void a_job_that_has_used_what_it_may_is_refused(
      String provider, String path, String field, String value) throws Exception {
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    world.provider(request -> {
      asked.add(request.uri());
      request.response().end(USAGE);
    });
    ModelGateway gateway = open(provider);
    spent.set(Optional.of("The budget of $5 for this job is used up."));

    HttpResponse<String> answer = world.send(world.ask(gateway, "42", path, QUESTION));

    assertThat(answer.statusCode()).isEqualTo(402);
    JsonObject error = new JsonObject(answer.body()).getJsonObject("error");
    assertThat(error.getString("message"))
        .isEqualTo("out of budget: The budget of $5 for this job is used up.");
    assertThat(error.getString(field.substring(field.lastIndexOf('.') + 1))).isEqualTo(value);
    assertThat(asked).isEmpty();
    assertThat(gateway.meter(JOB).spent()).isEqualTo(Spent.NOTHING);
  }

  @Test
  void an_answer_under_way_is_told_to_its_end_and_the_next_question_is_refused() throws Exception {
    ModelGateway gateway = open("openai");
    world.provider(request -> {
      spent.set(Optional.of("used up"));
      request.response().end(USAGE);
    });

    assertThat(world.send(world.ask(gateway, "42", CHAT, QUESTION)).body()).isEqualTo(USAGE);
    assertThat(world.send(world.ask(gateway, "42", CHAT, QUESTION)).statusCode()).isEqualTo(402);
    assertThat(gateway.meter(JOB).spent().inputTokens()).isEqualTo(1000);
  }

  @Test
  void many_questions_at_once_do_not_get_past_the_end_of_the_money() throws Exception {
    BlockingQueue<HttpServerResponse> asked = new LinkedBlockingQueue<>();
    world.provider(request -> asked.add(request.response()));
    ModelGateway gateway = world.gateway("openai");
    gateway.open("42", 1, GatewayWorld.allowance(new BigDecimal("0.0001"), spent::get));
    HttpRequest question = world.ask(gateway, "42", CHAT, QUESTION).build();

    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 6)
            .mapToObj(_ -> world.pi.sendAsync(question, BodyHandlers.ofString()))
            .toList();
    HttpServerResponse only = asked.poll(60, SECONDS);
    assertThat(only).isNotNull();
    // The others are refused before the one is answered.
    for (int i = 0; i < 30_000 && done(answers) < 5; i++) {
      LockSupport.parkNanos(1_000_000);
    }
    only.end(USAGE);

    assertThat(answers.stream().map(answer -> answer.join().statusCode()).toList())
        .containsExactlyInAnyOrder(200, 429, 429, 429, 429, 429);
    assertThat(asked).isEmpty();
  }

  @Test
  void prices_are_the_owners_else_the_first_that_pi_said() throws Exception {
    world.provider(request -> request.response().end(USAGE));
    ModelGateway gateway = open("openai");
    gateway.quote("fake-1", price("20000"));
    gateway.quote("fake-1", price("10"));
    gateway.quote("fake-1", price("0.0001"));

    world.send(world.ask(gateway, "42", CHAT, QUESTION));

    assertThat(gateway.meter(JOB).spent().usd()).isEqualByComparingTo("0.011");
    ModelGateway owners =
        world.gateway(world.settings("openai").at(Optional.of(price("5")), Optional.empty()));
    owners.quote("fake-1", price("10"));
    allow(owners, "43", 1);
    world.send(world.ask(owners, "43", CHAT, QUESTION));
    assertThat(owners.meter(new JobId(43)).spent().usd()).isEqualByComparingTo("0.0055");
  }

  @Test
  void a_gateway_that_starts_again_goes_on_counting_at_the_price_of_before() throws Exception {
    world.provider(request -> request.response().end(USAGE));
    ModelGateway before = open("openai");
    before.quote("fake-1", price("10"));
    world.send(world.ask(before, "42", CHAT, QUESTION));
    awaitFile(before);

    ModelGateway after = open("openai");
    assertThat(after.meter(JOB).spent()).isEqualTo(before.meter(JOB).spent());
    world.send(world.ask(after, "42", CHAT, QUESTION));

    assertThat(after.meter(JOB).spent().usd()).isEqualByComparingTo("0.022");
  }

  @Test
  void another_attempt_has_another_token_and_the_old_one_opens_nothing() throws Exception {
    world.provider(request -> request.response().end(USAGE));
    ModelGateway gateway = open("openai");
    HttpRequest.Builder old = world.ask(gateway, "42", CHAT, QUESTION);
    assertThat(world.send(old).statusCode()).isEqualTo(200);
    gateway.close("42");
    assertThat(world.send(old).statusCode()).isEqualTo(401);

    allow(gateway, "42", 2);
    assertThat(world.send(old).statusCode()).isEqualTo(401);
    ModelGateway restarted = world.gateway("openai");
    allow(restarted, "42", 2);

    assertThat(world.send(as(restarted, gateway.tokenFor("42", 1).reveal())).statusCode())
        .isEqualTo(401);
    assertThat(world.send(as(restarted, gateway.tokenFor("42", 2).reveal())).statusCode())
        .isEqualTo(200);
  }

  private static long done(List<CompletableFuture<HttpResponse<String>>> answers) {
    return answers.stream().filter(CompletableFuture::isDone).count();
  }

  private HttpRequest.Builder as(ModelGateway gateway, String token) {
    return HttpRequest.newBuilder(URI.create(gateway.addressFor("42") + CHAT))
        .header("Authorization", "Bearer " + token)
        .POST(BodyPublishers.ofString(QUESTION));
  }

  private ModelGateway open(String provider) {
    ModelGateway gateway = world.gateway(provider);
    allow(gateway, "42", 1);
    return gateway;
  }

  private void allow(ModelGateway gateway, String conversation, int attempt) {
    gateway.open(conversation, attempt, GatewayWorld.allowance(new BigDecimal("1000"), spent::get));
  }

  private static Price price(String usd) {
    BigDecimal rate = new BigDecimal(usd);
    return Price.flat(new Price.Rates(rate, rate, rate, rate));
  }

  /** Waits until so many tokens were counted. */
  private static void await(ModelGateway gateway, long tokens) {
    for (int i = 0; i < 30_000 && tokens(gateway) < tokens; i++) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(tokens(gateway)).isGreaterThanOrEqualTo(tokens);
  }

  private static long tokens(ModelGateway gateway) {
    Spent spent = gateway.meter(JOB).spent();
    return spent.inputTokens() + spent.outputTokens();
  }

  /** What an answer used is written down aside. */
  private void awaitFile(ModelGateway gateway) throws IOException {
    Path file = home.resolve("accounts").resolve("42.jsonl");
    for (int i = 0; i < 30_000; i++) {
      if (Account.of(new AccountFile(file), JOB, (_, _, _, _) -> {})
          .spent()
          .equals(gateway.meter(JOB).spent())) {
        return;
      }
      LockSupport.parkNanos(1_000_000);
    }
    throw new AssertionError("It was never written down");
  }
}
