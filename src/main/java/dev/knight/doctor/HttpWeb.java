package dev.knight.doctor;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The web itself, by the JDK's own client. */
public final class HttpWeb implements Web, AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** More is no answer to what is asked here. */
  private static final int MOST = 1 << 20;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();

  @Override
  public Reply send(Ask ask) throws IOException {
    FutureTask<Reply> task = new FutureTask<>(() -> sent(ask));
    // A body that trickles would pass every limit that the client has of its own.
    Thread waiting = Thread.ofVirtual().start(task);
    try {
      return task.get(ask.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      Throwable cause = requireNonNull(failed.getCause());
      throw new IOException(reason(cause), cause);
    } catch (TimeoutException tooLong) {
      waiting.interrupt();
      throw new IOException("no answer within %d s".formatted(ask.patience().toSeconds()), tooLong);
    } catch (InterruptedException ended) {
      waiting.interrupt();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", ended);
    }
  }

  private Reply sent(Ask ask) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(ask.uri()).timeout(ask.patience());
    headed(request, ask.headers());
    request.method(
        ask.method(), ask.body().map(BodyPublishers::ofString).orElse(BodyPublishers.noBody()));
    HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      String body = new String(in.readNBytes(MOST), StandardCharsets.UTF_8);
      return new Reply(response.statusCode(), headers(response), body);
    }
  }

  /** The client's own complaint would repeat the value, which may be a secret. */
  private static void headed(HttpRequest.Builder request, Map<String, String> headers)
      throws IOException {
    try {
      headers.forEach(request::header);
    } catch (IllegalArgumentException _) {
      throw new IOException(
          "the token or key has a character that cannot be sent: it was not copied as it is");
    }
  }

  private static Map<String, String> headers(HttpResponse<?> response) {
    Map<String, String> headers = new HashMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) ->
            headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
    return headers;
  }

  /** The client's exceptions often have their words in what caused them. */
  private static String reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
        return cause.getMessage();
      }
    }
    return switch (failure) {
      case ConnectException _ -> "nobody listens there";
      default -> failure.getClass().getSimpleName();
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
