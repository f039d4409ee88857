package dev.knight.github;

import java.net.URI;
import java.util.Optional;

/**
 * One request.
 *
 * @param method as HTTP spells it
 * @param etag what to send as {@code If-None-Match}
 * @param body JSON
 */
record HttpAsk(String method, URI uri, Optional<String> etag, Optional<String> body) {

  static HttpAsk read(URI uri) {
    return new HttpAsk("GET", uri, Optional.empty(), Optional.empty());
  }

  static HttpAsk write(String method, URI uri, String body) {
    return new HttpAsk(method, uri, Optional.empty(), Optional.of(body));
  }

  static HttpAsk delete(URI uri) {
    return new HttpAsk("DELETE", uri, Optional.empty(), Optional.empty());
  }

  HttpAsk unless(Optional<String> known) {
    return new HttpAsk(method, uri, known, body);
  }

  HttpAsk to(URI elsewhere) {
    return new HttpAsk(method, elsewhere, etag, body);
  }

  boolean isWrite() {
    return !method.equals("GET");
  }

  /** What people read: the query stays out, since it may hold anything. */
  @Override
  public String toString() {
    return method + " " + uri.getRawPath();
  }
}
