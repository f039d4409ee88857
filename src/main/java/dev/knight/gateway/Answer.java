package dev.knight.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/**
 * Passes the provider's answer on to pi as it comes, no faster than pi reads, and counts what it
 * says that it used. What pi has read is counted already.
 */
final class Answer {
  /** What pi reads of an answer's head, and what a person needs to ask the provider about it. */
  private static final List<String> HEADERS =
      List.of(
          "content-type",
          "retry-after",
          "retry-after-ms",
          "x-should-retry",
          "request-id",
          "x-request-id");

  /** A message needs no more; pi keeps it in its session. */
  private static final int ERROR_LIMIT = 64 * 1024;

  private final HttpClientResponse from;
  private final HttpServerResponse to;
  private final Redaction redaction;
  private final Bill bill;
  private long left;

  Answer(HttpClientResponse from, HttpServerResponse to, Redaction redaction, Bill bill) {
    this.from = from;
    this.to = to;
    this.redaction = redaction;
    this.bill = bill;
    this.left = from.statusCode() < 400 ? Long.MAX_VALUE : ERROR_LIMIT;
  }

  /** Starts, and goes on by itself. An answer that breaks off here breaks off there. */
  void start() {
    to.setStatusCode(from.statusCode()).setChunked(true);
    for (String name : HEADERS) {
      String value = from.getHeader(name);
      if (value != null) {
        to.putHeader(name, redaction.pass(value));
      }
    }
    from.exceptionHandler(_ -> {
      bill.close();
      to.reset();
    });
    from.endHandler(_ -> end());
    from.handler(this::pass);
  }

  private void pass(Buffer chunk) {
    Buffer part = chunk.length() <= left ? chunk : chunk.getBuffer(0, (int) left);
    left -= part.length();
    bill.hears(part);
    Buffer clean = redaction.pass(part);
    if (clean.length() > 0) {
      to.write(clean);
    }
    if (left == 0) {
      end();
      from.request().reset();
    } else if (to.writeQueueFull()) {
      from.pause();
      to.drainHandler(_ -> from.resume());
    }
  }

  private void end() {
    bill.close();
    if (!to.ended()) {
      to.end(redaction.rest());
    }
  }
}
