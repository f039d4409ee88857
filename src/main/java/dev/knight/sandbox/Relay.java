package dev.knight.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Passes bytes on to a port of this machine and back, as they come: nothing is kept, and who has
 * said all may go on listening.
 */
public final class Relay implements Doorway.Handler {
  private static final int AT_ONCE = 32 * 1024;

  private final InetSocketAddress port;

  /** A relay to {@code port} of this machine itself. */
  public Relay(int port) {
    this.port = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Override
  public void serve(SocketChannel inside) throws IOException {
    try (SocketChannel outside = SocketChannel.open(port)) {
      outside.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Thread back = Thread.ofVirtual().name("relay").start(() -> pass(outside, inside));
      pass(inside, outside);
      try {
        back.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Once one way is cut, so is the other: nobody waits for an answer that cannot come. */
  private static void pass(SocketChannel from, SocketChannel to) {
    try {
      ByteBuffer buffer = ByteBuffer.allocate(AT_ONCE);
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException _) {
      cut(from);
      cut(to);
    }
  }

  private static void cut(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException _) {
      return; // it is cut all the same
    }
  }
}
