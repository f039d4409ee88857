package dev.knight.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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

/** Requests as no client would write them, byte by byte: what the provider sees is knight's own. */
@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DoorTest {
  private static final String QUESTION = "{\"model\":\"fake-1\"}";
  private static final String OTHER = "{\"model\":\"gpt-expensive\"}";

  @TempDir Path home;
  private GatewayWorld world;
  private ModelGateway gateway;
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

  /** What the provider was asked, headers in small letters. */
  private record Asked(String line, String headers, String body) {}

  @BeforeEach
  void start() {
    world = new GatewayWorld(home);
    world.provider(this::answer);
    gateway = world.gateway("openai");
    GatewayWorld.open(gateway, "42");
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private void answer(HttpServerRequest request) {
    request
        .body()
        .onSuccess(body -> {
          asked.add(
              new Asked(
                  request.version() + " " + request.method() + " " + request.uri(),
                  request.headers().toString().toLowerCase(Locale.ROOT),
                  body.toString()));
          request.response().end("{}");
        });
  }

  @Test
  void as_a_control_a_plain_request_gets_through() throws Exception {
    assertThat(send(head("/model/42/chat/completions") + length(QUESTION))).contains(" 200 ");
    assertThat(asked.remove().body()).isEqualTo(QUESTION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer stolen",
        "AUTHORIZATION: Bearer stolen",
        "x-api-key: stolen",
        "X-Api-Key: stolen\r\nx-API-key: stolen",
        "api-key: stolen",
        "x-goog-api-key: stolen",
        "Proxy-Authorization: Basic stolen",
        "Cookie: stolen=1",
        "OpenAI-Organization: stolen",
        "OpenAI-Project: stolen",
        "X-Forwarded-Host: stolen",
        "Via: stolen",
        "Connection: authorization, x-api-key, stolen",
        "Upgrade: stolen",
        "Trailer: stolen",
        "TE: trailers, stolen"
      })
  void no_header_of_the_clients_own_gets_to_the_provider(String header) throws Exception {
    String answer = send(head("/model/42/chat/completions") + header + "\r\n" + length(QUESTION));

    assertThat(answer).contains(" 200 ");
    Asked seen = asked.remove();
    assertThat(seen.headers()).doesNotContain("stolen").contains(GatewayWorld.KEY);
    assertThat(seen.headers().split(GatewayWorld.KEY, -1)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 18\r\nContent-Length: 500\r\n",
        "Content-Length: +18\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 18, 500\r\n",
        "Content-Length: 18\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 18\r\n",
        "Transfer-Encoding: xchunked\r\nContent-Length: 18\r\n",
        "Transfer-Encoding: chunked, identity\r\nContent-Length: 18\r\n",
        "Transfer-Encoding : chunked\r\nContent-Length: 18\r\n",
        "Transfer-Encoding:\tchunked\r\nContent-Length: 18\r\n",
        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\nContent-Length: 18\r\n",
        "X: y\nContent-Length: 18\r\n",
        "Content-Length: 18\r\n X: folded\r\n"
      })
  void a_length_that_is_in_doubt_smuggles_nothing(String headers) throws Exception {
    String second =
        "POST /model/42/files HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + length(OTHER);
    String chunked = "12\r\n" + QUESTION + "\r\n0\r\n\r\n";

    String head = head("/model/42/chat/completions").replace("Connection: close\r\n", "") + headers;
    String _ = send(head + "\r\n" + chunked + second, 500);
    String _ = send(head + "\r\n" + QUESTION + second, 500);

    assertThat(asked)
        .allSatisfy(seen -> {
          assertThat(seen.line()).isEqualTo("HTTP_1_1 POST /base/chat/completions");
          assertThat(seen.body()).isEqualTo(QUESTION);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /model/42/./chat/completions",
    "POST, /model/42/chat/../chat/completions",
    "POST, /model/42/../42/files",
    "POST, /model/42/..%2f42/chat/completions",
    "POST, /model/42/%2e%2e/42/chat/completions",
    "POST, /model/42/chat%2Fcompletions",
    "POST, /model/42/chat/completions%00",
    "POST, /model/42/chat/completions;a=b",
    "POST, /model/42/chat\\completions",
    "POST, /MODEL/42/chat/completions",
    "POST, /model//42/chat/completions",
    "POST, /model/43/chat/completions",
    "POST, /model/42.1/chat/completions",
    "POST, /model/42/v1/files",
    "POST, /model/42/files?path=/chat/completions",
    "POST, *",
    "PUT, /model/42/chat/completions",
    "GET, /model/42/chat/completions",
    "OPTIONS, /model/42/chat/completions",
    "TRACE, /model/42/chat/completions",
    "CONNECT, evil.example:443",
    "CONNECT, /model/42/chat/completions"
  })
  void no_other_way_leads_to_the_provider(String method, String path) throws Exception {
    String answer =
        send(
            "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer %s\r\n"
                    .formatted(method, path, token())
                + length(QUESTION));

    assertThat(answer).doesNotContain("HTTP/1.1 2");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example/model/42/chat/completions",
        "https://evil.example:443/model/42/chat/completions",
        "http://user:pass@127.0.0.1/model/42/chat/completions",
        "//evil.example/model/42/chat/completions",
        "/model/42/chat/completions?a=b&base=https://evil.example",
        "/model/42/chat/completions#https://evil.example",
        "/model/42/chat/completions?/../files"
      })
  void wherever_a_request_says_that_it_goes_it_goes_to_the_provider_or_nowhere(String target)
      throws Exception {
    String _ = send(head(target) + length(QUESTION));

    assertThat(asked)
        .allSatisfy(seen -> {
          assertThat(seen.line()).isEqualTo("HTTP_1_1 POST /base/chat/completions");
          assertThat(seen.headers()).doesNotContain("evil");
        });
  }

  @Test
  void only_the_query_that_pi_sends_is_passed_on() throws Exception {
    gateway = world.gateway("google");
    GatewayWorld.open(gateway, "42");

    String answer =
        send(
            head(
                    "/model/42/models/fake-1:streamGenerateContent?key=stolen&alt=media&alt=sse"
                        + "&alt=sse&ALT=sse&alt%3Dsse&$fields=x")
                + length("{}"));

    assertThat(answer).contains(" 200 ");
    assertThat(asked.remove().line())
        .isEqualTo("HTTP_1_1 POST /base/models/fake-1:streamGenerateContent?alt=sse");
  }

  @Test
  void trailers_are_not_passed_on() throws Exception {
    String answer =
        send(
            head("/model/42/chat/completions")
                + "Transfer-Encoding: chunked\r\nTrailer: Authorization\r\n\r\n12\r\n"
                + QUESTION
                + "\r\n0\r\nAuthorization: Bearer stolen\r\nX-Api-Key: stolen\r\n\r\n");

    assertThat(answer).contains(" 200 ");
    Asked seen = asked.remove();
    assertThat(seen.body()).isEqualTo(QUESTION);
    assertThat(seen.headers()).doesNotContain("stolen");
  }

  @Test
  void an_old_client_is_served_and_the_provider_sees_no_difference() throws Exception {
    String answer =
        send(
            "POST /model/42/chat/completions HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                    .formatted(token())
                + length(QUESTION));

    assertThat(answer).contains(" 200 ");
    assertThat(asked.remove().line()).isEqualTo("HTTP_1_1 POST /base/chat/completions");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\nSec-WebSocket-Version: 13\r\n",
        "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n",
        "Upgrade: TLS/1.0\r\nConnection: Upgrade\r\n"
      })
  void nothing_is_upgraded_on_the_providers_side(String headers) throws Exception {
    String _ = send(head("/model/42/chat/completions") + headers + length(QUESTION));

    assertThat(asked)
        .allSatisfy(seen -> {
          assertThat(seen.line()).isEqualTo("HTTP_1_1 POST /base/chat/completions");
          assertThat(seen.headers()).doesNotContain("upgrade").doesNotContain("websocket");
        });
  }

  private String token() {
    return gateway.tokenFor("42", 1).reveal();
  }

  private String head(String target) {
    return "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer %s\r\n"
        .formatted(target, token());
  }

  private static String length(String body) {
    return "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  /** What comes back for {@code bytes}. */
  private String send(String bytes) throws IOException {
    return send(bytes, 30_000);
  }

  /**
   * What comes back for {@code bytes}, if it begins within {@code millis}: who is in doubt how long
   * a body is waits for more of it.
   */
  private String send(String bytes, int millis) throws IOException {
    int port = gateway.addressFor("42").getPort();
    StringBuilder answer = new StringBuilder();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(millis);
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      byte[] part = new byte[16 * 1024];
      for (int length = socket.getInputStream().read(part);
          length >= 0;
          length = socket.getInputStream().read(part)) {
        answer.append(new String(part, 0, length, ISO_8859_1));
        socket.setSoTimeout(200); // the head of an answer comes at once, and is enough
      }
    } catch (SocketException | SocketTimeoutException over) {
      answer.append(over.getMessage());
    }
    return answer.toString();
  }
}
