package dev.knight.gateway;

import dev.knight.job.Secret;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Takes the key out of one stream of bytes, also where two chunks share it. Only a tail that may be
 * the key's beginning is held back, so a stream without it is never late.
 */
final class Redaction {
  private static final byte[] STARS = "***".getBytes(StandardCharsets.US_ASCII);

  private final byte[] key;
  private byte[] held = {};

  Redaction(Optional<Secret> key) {
    this.key =
        key.map(secret -> secret.reveal().getBytes(StandardCharsets.UTF_8)).orElse(new byte[0]);
  }

  /** What of {@code chunk}, and of what was held back, can go out now; may be empty. */
  Buffer pass(Buffer chunk) {
    if (key.length == 0) {
      return chunk;
    }
    byte[] all = Buffer.buffer(held).appendBuffer(chunk).getBytes();
    Buffer out = Buffer.buffer(all.length);
    int at = 0;
    int sent = 0;
    while (at < all.length) {
      int same = same(all, at);
      if (same == key.length) {
        out.appendBytes(all, sent, at - sent).appendBytes(STARS);
        at += same;
        sent = at;
      } else if (at + same == all.length) {
        break;
      } else {
        at++;
      }
    }
    held = Arrays.copyOfRange(all, at, all.length);
    return out.appendBytes(all, sent, at - sent);
  }

  /** {@code text}, which is whole. */
  String pass(String text) {
    return key.length == 0
        ? text
        : text.replace(
            new String(key, StandardCharsets.UTF_8), new String(STARS, StandardCharsets.US_ASCII));
  }

  /** What was held back and turned out harmless, at the stream's end. */
  Buffer rest() {
    return Buffer.buffer(held);
  }

  /** How many bytes from {@code at} on are the key's first ones. */
  private int same(byte[] all, int at) {
    int length = Math.min(key.length, all.length - at);
    int same = 0;
    while (same < length && all[at + same] == key[same]) {
      same++;
    }
    return same;
  }
}
