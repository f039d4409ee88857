package dev.knight.doctor;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Asks other machines over HTTP. No redirect is followed. */
@FunctionalInterface
public interface Web {
  /**
   * One request.
   *
   * @param headers may hold a secret: never shown
   * @param patience for the whole answer
   */
  record Ask(
      String method,
      URI uri,
      Map<String, String> headers,
      Optional<String> body,
      Duration patience) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public Ask {
      headers = Map.copyOf(headers);
    }

    static Ask get(URI uri, Map<String, String> headers) {
      return new Ask("GET", uri, headers, Optional.empty(), PATIENCE);
    }

    static Ask post(URI uri, Map<String, String> headers, String body) {
      return new Ask("POST", uri, headers, Optional.of(body), PATIENCE);
    }

    Ask within(Duration longer) {
      return new Ask(method, uri, headers, body, longer);
    }

    /** Nothing of the headers. */
    @Override
    public String toString() {
      return method + " " + uri.getRawPath();
    }
  }

  /**
   * One answer.
   *
   * @param headers by name in lower case
   * @param body its beginning
   */
  record Reply(int status, Map<String, String> headers, String body) {
    public Reply {
      headers = Map.copyOf(headers);
    }

    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  /**
   * Sends {@code ask}.
   *
   * @throws IOException when no answer came
   */
  Reply send(Ask ask) throws IOException;
}
