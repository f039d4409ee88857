package dev.knight.github;

import java.net.URI;
import java.util.Optional;

/**
 * One request.
 *
 * @param method as HTTP spells it
 * @param etag what to send as {@code If-None-Match}
 * @param body JSON
 * @param isWrite whether it changes something
 */
record HttpAsk(
    String method, URI uri, Optional<String> etag, Optional<String> body, boolean isWrite) {

  static HttpAsk read(URI uri) {
    return new HttpAsk("GET", uri, Optional.empty(), Optional.empty(), false);
  }

  /** A question that is put as a body. */
  static HttpAsk query(URI uri, String body) {
    return new HttpAsk("POST", uri, Optional.empty(), Optional.of(body), false);
  }

  static HttpAsk write(String method, URI uri, String body) {
    return new HttpAsk(method, uri, Optional.empty(), Optional.of(body), true);
  }

  static HttpAsk delete(URI uri) {
    return new HttpAsk("DELETE", uri, Optional.empty(), Optional.empty(), true);
  }

  RequestListener.Kind kind() {
    if (isWrite) {
      return RequestListener.Kind.WRITE;
    }
    return body.isPresent() ? RequestListener.Kind.QUERY : RequestListener.Kind.READ;
  }

  HttpAsk unless(Optional<String> known) {
    return new HttpAsk(method, uri, known, body, isWrite);
  }

  HttpAsk to(URI elsewhere) {
    return new HttpAsk(method, elsewhere, etag, body, isWrite);
  }

  /** What people read: the query stays out, since it may hold anything. */
  @Override
  public String toString() {
    return method + " " + uri.getRawPath();
  }
}
