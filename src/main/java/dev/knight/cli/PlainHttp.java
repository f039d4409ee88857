package dev.knight.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A question and its answer over plain HTTP, by the JDK's first client: it loads nothing of TLS,
 * which would take a command that asks once as long as all the rest of it.
 */
final class PlainHttp {
  private final Duration connect;

  /** {@code connect} is how long the other side may take to be there. */
  PlainHttp(Duration connect) {
    this.connect = connect;
  }

  /** What came back. */
  record Answer(int status, String body) {}

  /**
   * Asks, once.
   *
   * @param body what is posted; without one it is a GET
   */
  Answer ask(URI url, String authorization, Optional<String> body, Duration patience)
      throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout((int) connect.toMillis());
    connection.setReadTimeout((int) patience.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("Accept", "application/json, text/plain");
    connection.setRequestProperty("Authorization", authorization);
    if (body.isPresent()) {
      post(connection, body.get());
    }
    try {
      return answer(connection);
    } catch (HttpRetryException unauthorized) {
      return new Answer(unauthorized.responseCode(), "");
    } finally {
      connection.disconnect();
    }
  }

  /** Of a known length, and so never sent a second time behind our back. */
  private static void post(HttpURLConnection connection, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setFixedLengthStreamingMode(bytes.length);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(bytes);
    }
  }

  private static Answer answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    try (InputStream in =
        status < HttpURLConnection.HTTP_BAD_REQUEST
            ? connection.getInputStream()
            : connection.getErrorStream()) {
      String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(status, text);
    }
  }
}
