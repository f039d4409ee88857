package dev.knight.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/** Names and addresses outside. */
public interface Internet {
  /**
   * The addresses that {@code host} has now, at least one.
   *
   * @throws IOException when it has none, or when nobody says so in time
   */
  List<InetAddress> resolve(String host) throws IOException;

  /** Whether {@code address} is this machine's own, or its neighbour's. */
  boolean isNear(InetAddress address);

  /** A connection to exactly {@code address}. */
  SocketChannel connect(InetAddress address, int port, Duration limit) throws IOException;
}
