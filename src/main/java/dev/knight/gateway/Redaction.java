package dev.knight.gateway;

import dev.knight.hygiene.RedactedStream;
import dev.knight.hygiene.Redactor;
import io.vertx.core.buffer.Buffer;

/**
 * Takes the key, however it is spelled, out of one answer of the provider, also where two chunks
 * share it. Only an end that may be its beginning is held back. What merely looks like a secret
 * stays: it may be a line of the code that pi is to change.
 */
final class Redaction {
  private final Redactor redactor;
  private final RedactedStream stream;

  /** For one answer. */
  Redaction(Redactor redactor) {
    this.redactor = redactor.byValue();
    this.stream = this.redactor.stream();
  }

  /** What of {@code chunk}, and of what was held back, can go out now; may be empty. */
  Buffer pass(Buffer chunk) {
    return Buffer.buffer(stream.pass(chunk.getBytes()));
  }

  /** {@code text}, which is whole. */
  String pass(String text) {
    return redactor.text(text);
  }

  /** What was held back and turned out harmless, at the stream's end. */
  Buffer rest() {
    return Buffer.buffer(stream.rest());
  }
}
