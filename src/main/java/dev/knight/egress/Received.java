package dev.knight.egress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** What a side has sent and nobody has passed on yet; never more than there is room for. */
final class Received {
  private final ReadableByteChannel from;

  /** From 0 to its position. */
  private final ByteBuffer bytes;

  Received(ReadableByteChannel from, int room) {
    this.from = from;
    this.bytes = ByteBuffer.allocate(room);
  }

  /**
   * Waits until {@code count} bytes are there.
   *
   * @return false if the side ended before, or if there is no room for so many
   */
  boolean has(int count) throws IOException {
    while (bytes.position() < count) {
      if (!bytes.hasRemaining() || from.read(bytes) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The byte at {@code index}, which {@link #has} has seen, as 0 to 255. */
  int at(int index) {
    return bytes.get(index) & 0xff;
  }

  /** Takes the first {@code count} bytes, which {@link #has} has seen, away. */
  byte[] take(int count) {
    byte[] taken = new byte[count];
    bytes.flip().get(taken).compact();
    return taken;
  }

  /** Takes away all that is there. */
  byte[] takeAll() {
    return take(bytes.position());
  }
}
