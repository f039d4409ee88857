package dev.knight.egress;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;

/** Bytes that come in parts. */
final class Chunks implements ReadableByteChannel {
  private final ByteBuffer bytes;
  private final int chunk;

  private Chunks(byte[] bytes, int chunk) {
    this.bytes = ByteBuffer.wrap(bytes);
    this.chunk = chunk;
  }

  /** {@code bytes}, at most {@code chunk} at a time, and then the end. */
  static Received received(byte[] bytes, int chunk) {
    return new Received(new Chunks(bytes, chunk), ClientHello.LONGEST);
  }

  static Received received(String text, int chunk) {
    return received(text.getBytes(StandardCharsets.ISO_8859_1), chunk);
  }

  @Override
  public int read(ByteBuffer to) {
    if (!bytes.hasRemaining()) {
      return -1;
    }
    int count = Math.min(Math.min(chunk, bytes.remaining()), to.remaining());
    to.put(bytes.slice(bytes.position(), count));
    bytes.position(bytes.position() + count);
    return count;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
