package dev.knight.live;

import dev.knight.hygiene.RedactedStream;
import dev.knight.hygiene.Redactor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A message that comes in pieces, without secrets, also where two pieces share one. */
final class Pieces {
  private final Redactor redactor;
  private final ByteArrayOutputStream torn = new ByteArrayOutputStream();
  private @Nullable RedactedStream stream;

  Pieces(Redactor redactor) {
    this.redactor = redactor;
  }

  /** A message begins. */
  void begin() {
    stream = redactor.stream();
    torn.reset();
  }

  /** It is over, or what comes of it is not whole any more. */
  void end() {
    stream = null;
  }

  /**
   * What may be shown now, which may be empty: what could be the beginning of a secret waits, and
   * of a message whose beginning was missed nothing is shown.
   */
  String pass(String piece) {
    if (stream == null) {
      return "";
    }
    torn.writeBytes(stream.pass(piece.getBytes(StandardCharsets.UTF_8)));
    byte[] bytes = torn.toByteArray();
    int whole = whole(bytes);
    torn.reset();
    torn.write(bytes, whole, bytes.length - whole);
    return new String(bytes, 0, whole, StandardCharsets.UTF_8);
  }

  /** How many bytes are whole characters: the last one may have been cut in the middle. */
  private static int whole(byte[] bytes) {
    int start = bytes.length;
    while (start > 0 && bytes.length - start < 4) {
      int lead = bytes[--start] & 0xFF;
      if (lead < 0x80) {
        return bytes.length;
      }
      if (lead >= 0xC0) {
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        return bytes.length - start >= length ? bytes.length : start;
      }
    }
    return bytes.length;
  }
}
