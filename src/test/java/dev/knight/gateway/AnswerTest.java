package dev.knight.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.job.Secret;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.JksOptions;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the provider's answers, good and bad, come to pi. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnswerTest {
  private static final String QUESTION = "{\"model\":\"fake-1\"}";
  private static final String PATH = "/chat/completions";
  private static final int TOO_LONG = 32 * 1024 * 1024 + 1;

  @TempDir Path home;
  private GatewayWorld world;

  @BeforeEach
  void start() {
    world = new GatewayWorld(home);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void the_first_words_arrive_before_the_provider_knows_the_last() throws Exception {
    CompletableFuture<HttpServerResponse> provider = new CompletableFuture<>();
    world.provider(request -> {
      HttpServerResponse response =
          request.response().setChunked(true).putHeader("content-type", "text/event-stream");
      response.write("data: first\n\n");
      provider.complete(response);
    });

    HttpResponse<InputStream> answer = world.pi.send(question(), BodyHandlers.ofInputStream());
    BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8));

    assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
    assertThat(lines.readLine()).isEqualTo("data: first");
    provider.get(60, SECONDS).end("data: [DONE]\n\n");
    assertThat(lines.lines().toList()).containsExactly("", "data: [DONE]", "");
  }

  @Test
  void when_pi_hangs_up_the_provider_is_told_to_stop() throws Exception {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    world.provider(request -> {
      request.response().closeHandler(_ -> stopped.complete(null));
      request.response().setChunked(true).write("data: first\n\n");
    });

    HttpResponse<InputStream> answer = world.pi.send(question(), BodyHandlers.ofInputStream());
    answer.body().read();
    answer.body().close();

    assertThat(stopped).succeedsWithin(Duration.ofSeconds(60));
  }

  @Test
  void a_long_answer_arrives_whole_however_slowly_it_is_read() throws Exception {
    byte[] chunk = new byte[1024 * 1024];
    int chunks = 20;
    world.provider(request -> {
      HttpServerResponse response = request.response().setChunked(true);
      IntStream.range(0, chunks).forEach(_ -> response.write(Buffer.buffer(chunk)));
      response.end();
    });

    HttpResponse<InputStream> answer = world.pi.send(question(), BodyHandlers.ofInputStream());

    long length = 0;
    try (InputStream body = answer.body()) {
      for (int read = body.read(new byte[1000]); read >= 0; read = body.read(new byte[1000])) {
        length += read;
      }
    }
    assertThat(length).isEqualTo((long) chunks * chunk.length);
  }

  @Test
  void a_stream_that_breaks_off_there_breaks_off_here() {
    world.provider(request ->
        request
            .response()
            .setChunked(true)
            .write("data: first\n\n")
            .onSuccess(_ -> request.connection().close()));

    assertThatThrownBy(() -> ask()).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource({"400", "401", "403", "404", "429", "500", "503", "529"})
  void the_providers_errors_pass_through(int status) throws Exception {
    String error = "{\"error\":{\"message\":\"no\"}}";
    world.provider(request ->
        request
            .response()
            .setStatusCode(status)
            .putHeader("content-type", "application/json")
            .putHeader("retry-after", "7")
            .putHeader("request-id", "req-1")
            .putHeader("set-cookie", "a=b")
            .putHeader("server", "theirs")
            .end(error));

    HttpResponse<String> answer = ask();

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(error);
    assertThat(answer.headers().map())
        .containsEntry("retry-after", List.of("7"))
        .containsOnlyKeys("content-type", "retry-after", "request-id", "transfer-encoding");
  }

  @Test
  void a_long_error_is_cut() throws Exception {
    world.provider(request -> request.response().setStatusCode(500).end("x".repeat(1_000_000)));

    assertThat(ask().body()).hasSize(64 * 1024);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 401, 500})
  void the_key_is_in_no_answer_and_no_log(int status) throws Exception {
    ConcurrentLinkedQueue<String> logged = new ConcurrentLinkedQueue<>();
    Handler log = remember(logged);
    Logger.getLogger("").addHandler(log);
    world.provider(request -> {
      String body = "Bad key " + request.getHeader("authorization") + " given, sk-real-";
      HttpServerResponse response =
          request
              .response()
              .setStatusCode(status)
              .setChunked(true)
              .putHeader("x-request-id", "for " + GatewayWorld.KEY);
      response.write(body.substring(0, 20));
      response.end(body.substring(20));
    });

    HttpResponse<String> answer = ask();
    Logger.getLogger("").removeHandler(log);

    assertThat(answer.body()).isEqualTo("Bad key Bearer *** given, sk-real-");
    assertThat(answer.headers().firstValue("x-request-id")).contains("for ***");
    assertThat(logged).noneMatch(line -> line.contains(GatewayWorld.KEY));
  }

  @Test
  void a_redirect_is_not_followed() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    world.provider(request -> {
      asked.incrementAndGet();
      request.response().setStatusCode(307).putHeader("location", "/elsewhere").end();
    });

    HttpResponse<String> answer = ask();

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.headers().firstValue("location")).isEmpty();
    assertThat(asked).hasValue(1);
  }

  @Test
  void a_compressed_answer_is_not_passed_on() throws Exception {
    world.provider(
        request -> request.response().putHeader("content-encoding", "gzip").end("whatever"));

    assertThat(ask().statusCode()).isEqualTo(502);
  }

  @Test
  void a_provider_that_is_not_there_is_a_bad_gateway() throws Exception {
    ModelSettings settings = at(URI.create("http://127.0.0.1:1/v1"), Duration.ofMinutes(10));

    HttpResponse<String> answer = world.send(question(world.gateway(settings)));

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("cannot be reached");
  }

  @Test
  void a_provider_that_says_nothing_is_given_up() throws Exception {
    world.provider(_ -> {});
    ModelSettings settings = at(world.provider(new HttpServerOptions()), Duration.ofMillis(200));

    assertThat(world.send(question(world.gateway(settings))).statusCode()).isEqualTo(502);
  }

  @Test
  void a_provider_with_an_unknown_certificate_never_sees_the_key() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    world.provider(request -> {
      asked.incrementAndGet();
      request.response().end();
    });
    JksOptions certificate =
        new JksOptions().setPath(selfSigned().toString()).setPassword("changeit");
    URI secure =
        world.provider(new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate));

    HttpResponse<String> answer =
        world.send(question(world.gateway(at(secure, Duration.ofMinutes(10)))));

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(asked).hasValue(0);
  }

  @Test
  void a_body_that_is_declared_too_long_is_refused() throws Exception {
    HttpResponse<String> answer = askWith(BodyPublishers.ofByteArray(new byte[TOO_LONG]));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("request_too_large");
  }

  @Test
  void a_body_that_turns_out_too_long_is_refused() throws Exception {
    HttpResponse<String> answer =
        askWith(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[TOO_LONG])));

    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void a_conversation_asks_only_so_much_at_once() throws Exception {
    BlockingQueue<HttpServerResponse> waiting = new LinkedBlockingQueue<>();
    world.provider(request -> waiting.add(request.response()));
    ModelGateway gateway = world.gateway("openai-compatible");
    HttpRequest question = question(gateway, "{\"model\":\"fake-1\",\"max_tokens\":10}").build();

    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 8)
            .mapToObj(_ -> world.pi.sendAsync(question, BodyHandlers.ofString()))
            .toList();
    List<HttpServerResponse> asked = IntStream.range(0, 8).mapToObj(_ -> next(waiting)).toList();

    assertThat(world.send(question(gateway)).statusCode()).isEqualTo(429);
    asked.forEach(response -> response.end("{}"));
    answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    world.provider(request -> request.response().end("{}"));
    assertThat(world.send(question(gateway)).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> ask() throws IOException, InterruptedException {
    return world.pi.send(question(), BodyHandlers.ofString());
  }

  private HttpRequest question() {
    return question(world.gateway("openai-compatible")).build();
  }

  private HttpRequest.Builder question(ModelGateway gateway) {
    return question(gateway, QUESTION);
  }

  private HttpRequest.Builder question(ModelGateway gateway, String body) {
    GatewayWorld.open(gateway, "42");
    return world.ask(gateway, "42", PATH, body);
  }

  private HttpResponse<String> askWith(HttpRequest.BodyPublisher body) throws Exception {
    ModelGateway gateway = world.gateway("openai-compatible");
    return world.send(question(gateway).POST(body));
  }

  private static ModelSettings at(URI baseUrl, Duration idle) {
    return new ModelSettings(
        "openai-compatible",
        "fake-1",
        Optional.empty(),
        Optional.of(baseUrl),
        Optional.of(new Secret(GatewayWorld.KEY)),
        idle,
        Optional.empty(),
        Optional.empty());
  }

  private static HttpServerResponse next(BlockingQueue<HttpServerResponse> waiting) {
    try {
      HttpServerResponse response = waiting.poll(60, SECONDS);
      assertThat(response).isNotNull();
      return response;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path selfSigned() throws IOException, InterruptedException {
    Path store = home.resolve("self-signed.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "it",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    return store;
  }

  private static Handler remember(ConcurrentLinkedQueue<String> logged) {
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            logged.add(entry.getMessage() + List.of(Optional.ofNullable(entry.getParameters())));
          }

          @Override
          public void flush() {
            // Nothing is kept back.
          }

          @Override
          public void close() {
            // Nothing is open.
          }
        };
    handler.setLevel(Level.ALL);
    return handler;
  }
}
