package dev.knight.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The Internet as this machine sees it, without a proxy in between. */
public final class DirectInternet implements Internet {
  private static final Duration LOOKUP = Duration.ofSeconds(10);
  private static final int LOOKUPS = 8;

  /** Package managers ask for a dozen at once, and each job may have its share of connections. */
  private static final int WAITING = 256;

  /** A lookup blocks in the system's library, where no virtual thread should wait. */
  private final ThreadPoolExecutor lookups =
      new ThreadPoolExecutor(
          LOOKUPS,
          LOOKUPS,
          30,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING),
          Thread.ofPlatform().daemon().name("lookup").factory());

  /** Nothing is looked up yet. */
  public DirectInternet() {
    lookups.allowCoreThreadTimeOut(true);
  }

  @Override
  public List<InetAddress> resolve(String host) throws IOException {
    // The dot at the end keeps the system from trying the name within its own domain.
    Future<InetAddress[]> lookup = submit(host + ".");
    try {
      return List.of(lookup.get(LOOKUP.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException unknown) {
      throw new IOException("Nobody knows " + host, unknown.getCause());
    } catch (TimeoutException slow) {
      lookup.cancel(true);
      throw new IOException("Nobody says in time where " + host + " is", slow);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while looking up " + host, ended);
    }
  }

  private Future<InetAddress[]> submit(String name) throws IOException {
    try {
      return lookups.submit(() -> InetAddress.getAllByName(name));
    } catch (RejectedExecutionException busy) {
      throw new IOException("Too many names are being looked up", busy);
    }
  }

  @Override
  public boolean isNear(InetAddress address) {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(network -> network.getInterfaceAddresses().stream())
          .anyMatch(own -> isOnLink(own, address));
    } catch (SocketException unknown) {
      return true;
    }
  }

  private static boolean isOnLink(InterfaceAddress own, InetAddress address) {
    byte[] bytes = address.getAddress();
    byte[] ownBytes = own.getAddress().getAddress();
    if (bytes.length != ownBytes.length) {
      return false;
    }
    // An interface that claims the whole of the Internet is a tunnel: only its own address is near.
    int claimed = own.getNetworkPrefixLength();
    int prefix = claimed < Byte.SIZE ? bytes.length * Byte.SIZE : claimed;
    return new Prefix(ownBytes, prefix).contains(bytes);
  }

  @Override
  public SocketChannel connect(InetAddress address, int port, Duration limit) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel
          .socket()
          .connect(new InetSocketAddress(address, port), Math.toIntExact(limit.toMillis()));
      return channel;
    } catch (IOException | RuntimeException shut) {
      channel.close();
      throw shut;
    }
  }
}
