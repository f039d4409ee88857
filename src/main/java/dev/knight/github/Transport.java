package dev.knight.github;

import dev.knight.job.MisconfiguredException;
import dev.knight.job.Secret;
import dev.knight.job.Side;
import dev.knight.job.UnavailableException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.http.HttpClientOptions;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ContextResolver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Sends one request and reads one answer, over the REST client. It follows no redirect, unpacks no
 * compression and believes no length.
 */
final class Transport implements AutoCloseable {
  private static final int CONNECT_SECONDS = 10;
  private static final int READ_SECONDS = 30;

  /** GitHub cuts what takes it 10 s; a body that trickles for longer than this is no answer. */
  private static final Duration WHOLE_BODY = Duration.ofMinutes(1);

  private static final Duration SWEEP = Duration.ofMinutes(1);

  /** A full page of 100 bodies at GitHub's limit of 65,536 characters is a fifth of this. */
  static final int MAX_BODY = 32 << 20;

  private static final String ACCEPT = "application/vnd.github+json";
  private static final String API_VERSION = "2022-11-28";
  private static final Pattern TOKEN = Pattern.compile("[!-~]{1,4096}");

  private final Client client;
  private final String userAgent;

  Transport(GitHubSettings settings) {
    this.client =
        ClientBuilder.newBuilder()
            .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
            .readTimeout(READ_SECONDS, TimeUnit.SECONDS)
            .register(new Pool())
            .build();
    this.userAgent = settings.userAgent();
  }

  /**
   * Sends {@code ask}.
   *
   * @throws UnavailableException when no whole answer came
   */
  HttpReply send(HttpAsk ask, Secret token) {
    try (Response response = call(ask, token)) {
      return new HttpReply(response.getStatus(), headers(response), body(response));
    } catch (ProcessingException | IOException | IllegalStateException failure) {
      throw new UnavailableException(
          Side.GITHUB,
          "GitHub at %s cannot be reached: %s."
              .formatted(ask.uri().getAuthority(), reason(failure)),
          Optional.empty(),
          failure);
    }
  }

  /**
   * Fetches what lies at {@code place}, showing no token.
   *
   * @return at most the last {@code most} bytes as text, or empty if there is nothing
   * @throws UnavailableException when no whole answer came
   */
  Optional<String> fetch(URI place, int most) {
    try (Response response =
        client.target(place).request().header(HttpHeaders.USER_AGENT, userAgent).get()) {
      if (response.getStatus() != 200 || !response.hasEntity()) {
        return Optional.empty();
      }
      try (InputStream in = response.readEntity(InputStream.class)) {
        return Optional.of(last(in, most));
      }
    } catch (ProcessingException | IOException | IllegalStateException failure) {
      throw new UnavailableException(
          Side.GITHUB,
          "What GitHub keeps at %s cannot be read: %s."
              .formatted(place.getAuthority(), reason(failure)),
          Optional.empty(),
          failure);
    }
  }

  /** The end of what comes; the beginning of a long one is let go while it comes. */
  private static String last(InputStream in, int most) throws IOException {
    long start = System.nanoTime();
    byte[] end = new byte[2 * most];
    int length = 0;
    for (int n = in.read(end); n >= 0; n = in.read(end, length, end.length - length)) {
      length += n;
      if (length == end.length) {
        System.arraycopy(end, most, end, 0, most);
        length = most;
      }
      if (System.nanoTime() - start > WHOLE_BODY.toNanos()) {
        throw new IOException("it takes longer than " + WHOLE_BODY.toSeconds() + " s");
      }
    }
    int from = Math.max(0, length - most);
    return new String(end, from, length - from, StandardCharsets.UTF_8);
  }

  private Response call(HttpAsk ask, Secret token) {
    Invocation.Builder request =
        client
            .target(ask.uri())
            .request()
            .header(HttpHeaders.ACCEPT, ACCEPT)
            .header(HttpHeaders.AUTHORIZATION, "Bearer " + sendable(token))
            .header(HttpHeaders.USER_AGENT, userAgent)
            .header("X-GitHub-Api-Version", API_VERSION);
    ask.etag().ifPresent(etag -> request.header(HttpHeaders.IF_NONE_MATCH, etag));
    return ask.body()
        .map(json ->
            Entity.entity(json.getBytes(StandardCharsets.UTF_8), MediaType.APPLICATION_JSON))
        .map(entity -> request.method(ask.method(), entity, Response.class))
        .orElseGet(() -> request.method(ask.method(), Response.class));
  }

  private static String sendable(Secret token) {
    String text = token.reveal();
    if (!TOKEN.matcher(text).matches()) {
      throw new MisconfiguredException(
          Side.GITHUB,
          "The GitHub token is empty or holds a character that no token has; set"
              + " knight.github.token or knight.github.token-file again.",
          null);
    }
    return text;
  }

  private static Map<String, String> headers(Response response) {
    Map<String, String> headers = new HashMap<>();
    response
        .getStringHeaders()
        .forEach((name, values) ->
            headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
    return headers;
  }

  private static String body(Response response) throws IOException {
    if (!response.hasEntity()) {
      return "";
    }
    try (InputStream in = response.readEntity(InputStream.class)) {
      return in == null ? "" : read(in);
    }
  }

  private static String read(InputStream in) throws IOException {
    // Not the injected clock: this guards against the other side's pace, not its calendar.
    long start = System.nanoTime();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    byte[] chunk = new byte[16 << 10];
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      whole.write(chunk, 0, n);
      if (whole.size() > MAX_BODY) {
        throw new IOException("the answer is larger than %d MiB".formatted(MAX_BODY >> 20));
      }
      if (System.nanoTime() - start > WHOLE_BODY.toNanos()) {
        throw new IOException("the answer takes longer than " + WHOLE_BODY.toSeconds() + " s");
      }
    }
    return whole.toString(StandardCharsets.UTF_8);
  }

  private static String reason(Exception failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : Words.plain(message);
  }

  @Override
  public void close() {
    client.close();
  }

  /**
   * Connections that nobody uses are looked for each minute; by default it is each second. What it
   * tells of is read from its type, which a native executable keeps only of what is registered.
   */
  @RegisterForReflection
  private static final class Pool implements ContextResolver<HttpClientOptions> {
    @Override
    public HttpClientOptions getContext(Class<?> asked) {
      HttpClientOptions options = new HttpClientOptions();
      options.getPoolOptions().setCleanerPeriod(Math.toIntExact(SWEEP.toMillis()));
      return options;
    }
  }
}
