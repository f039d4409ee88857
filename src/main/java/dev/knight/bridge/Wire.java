package dev.knight.bridge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/**
 * The socket of a client. Those who read and write wait for the client, as everywhere; who must not
 * wait offers.
 */
final class Wire implements ByteChannel {
  private final AFUNIXSocketChannel channel;
  private final Selector readable;
  private final Selector writable;

  Wire(AFUNIXSocket socket) throws IOException {
    this.channel = socket.getChannel();
    channel.configureBlocking(false);
    this.readable = selector(SelectionKey.OP_READ);
    this.writable = selector(SelectionKey.OP_WRITE);
  }

  private Selector selector(int operation) throws IOException {
    Selector selector = channel.provider().openSelector();
    channel.register(selector, operation);
    return selector;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int count = channel.read(target);
    while (count == 0 && target.hasRemaining()) {
      await(readable);
      count = channel.read(target);
    }
    if (count < 0 && !channel.isOpen()) {
      throw new AsynchronousCloseException(); // it is this end that has gone, not the client
    }
    return count;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int count = channel.write(source);
    while (count == 0 && source.hasRemaining()) {
      await(writable);
      count = channel.write(source);
    }
    return count;
  }

  /** Writes what the client's end has room for, which may be nothing; returns at once. */
  int offer(ByteBuffer source) throws IOException {
    return channel.write(source);
  }

  private static void await(Selector selector) throws IOException {
    try {
      selector.select();
      selector.selectedKeys().clear();
    } catch (ClosedSelectorException _) {
      throw new AsynchronousCloseException();
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  /** Ends it; whoever waits there hears of it. */
  @Override
  public void close() throws IOException {
    try (readable;
        writable) {
      channel.close();
    }
  }
}
