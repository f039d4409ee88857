package dev.knight.egress;

import static dev.knight.egress.DeniedException.failed;
import static dev.knight.egress.DeniedException.refused;

import dev.knight.egress.DeniedException.Status;
import dev.knight.egress.RequestHead.Fetch;
import dev.knight.egress.RequestHead.Tunnel;
import dev.knight.job.RefusedHost;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One connection from inside, from its request to its end. */
final class Passage {
  private static final Logger LOG = Logger.getLogger(Passage.class);

  /** What was read before the way was open fits too. */
  private static final int CHUNK = ClientHello.LONGEST;

  private static final int MOST_ADDRESSES = 4;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** To look up a name, and to try all of its addresses. */
  private static final Duration REACH = Duration.ofSeconds(40);

  /** How long, and how much, a client may still send to a proxy that has ended. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  private static final int MOST_LINGER = 256 * 1024;

  /** TLS for: fatal, access denied. */
  private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 49};

  private final Internet internet;
  private final PublicAddresses addresses;
  private final JobNetwork network;
  private final Caps caps;
  private final SocketChannel client;
  private final Received received;
  private final Watchman watch;
  private volatile @Nullable SocketChannel server;
  private volatile Duration quiet;

  Passage(Internet internet, PublicAddresses addresses, JobNetwork network, SocketChannel client) {
    this.internet = internet;
    this.addresses = addresses;
    this.network = network;
    this.caps = network.caps();
    this.client = client;
    this.received = new Received(client, ClientHello.LONGEST);
    this.watch = new Watchman(this::cut, caps.head(), caps.whole());
    this.quiet = caps.idle();
  }

  /**
   * Lasts until the connection is over, for whatever reason.
   *
   * @param admitted whether the job may have one more connection
   */
  void run(boolean admitted) throws IOException {
    try (watch) {
      pass(admitted);
      linger();
    } finally {
      cut();
    }
  }

  private void pass(boolean admitted) throws IOException {
    try {
      if (!admitted) {
        throw failed(Status.SERVICE_UNAVAILABLE, "This job has too many connections at once");
      }
      RequestHead head = HeadReader.read(received);
      if (!network.allows(head.target())) {
        throw refused(head.target().toString(), "not allowed");
      }
      SocketChannel other = connect(head.target());
      server = other;
      switch (head) {
        case Tunnel(Target target) -> tunnel(target, other);
        case Fetch(_, String text) -> fetch(head.target(), text, other);
      }
    } catch (DeniedException denied) {
      denied.place().ifPresent(place -> network.refuse(new RefusedHost(place, denied.why())));
      refuse(denied);
    }
  }

  private SocketChannel connect(Target target) throws DeniedException {
    watch.allow(REACH);
    List<InetAddress> found = resolve(target);
    for (InetAddress address : found) {
      // One that is not public among others is somebody's attempt to get in.
      if (!addresses.contains(address) || internet.isNear(address)) {
        throw refused(target.toString(), "no public address");
      }
    }
    for (InetAddress address : found.subList(0, Math.min(found.size(), MOST_ADDRESSES))) {
      try {
        return internet.connect(address, target.port(), CONNECT);
      } catch (IOException shut) {
        LOG.debugf(shut, "%s cannot be reached at %s", target, address);
      }
    }
    throw failed(Status.BAD_GATEWAY, target + " cannot be reached");
  }

  private List<InetAddress> resolve(Target target) throws DeniedException {
    try {
      return internet.resolve(target.host());
    } catch (IOException unknown) {
      LOG.debugf(unknown, "%s cannot be found", target);
      throw failed(Status.BAD_GATEWAY, target.host() + " cannot be found");
    }
  }

  private void tunnel(Target target, SocketChannel other) throws IOException {
    send(client, ascii("HTTP/1.1 200 Connection established\r\n\r\n"));
    watch.allow(caps.head());
    Optional<String> wrong = wrong(target, ClientHello.read(received));
    if (wrong.isPresent()) {
      network.refuse(new RefusedHost(target.toString(), wrong.get()));
      send(client, ByteBuffer.wrap(ALERT));
      return;
    }
    Meter up = new Meter(caps.up(), network::sends);
    Thread upwards = Thread.ofVirtual().name("egress-up").start(() -> upwards(target, other, up));
    downwards(target, other);
    join(upwards);
  }

  private static Optional<String> wrong(Target target, ClientHello.Word word) {
    return switch (word) {
      case ClientHello.Names(String host) when host.equals(target.host()) -> Optional.empty();
      case ClientHello.Names _ -> Optional.of("names another host in TLS");
      case ClientHello.Hides _ -> Optional.of("does not show its host in TLS");
      case ClientHello.NoTls _ -> Optional.of("speaks no TLS");
    };
  }

  /** One request and its answer; whatever else the client sends goes nowhere. */
  private void fetch(Target target, String head, SocketChannel other) throws IOException {
    ByteBuffer text = ascii(head);
    if (new Meter(caps.up(), network::sends).takes(text.remaining())) {
      send(other, text);
      downwards(target, other);
    } else {
      tooMuch(target);
    }
  }

  private void upwards(Target target, SocketChannel other, Meter meter) {
    try {
      if (!pump(client, other, received.takeAll(), meter)) {
        tooMuch(target);
        cut();
      }
    } catch (IOException broken) {
      LOG.debugf(broken, "The way to %s broke off", target);
      cut();
    }
  }

  private void downwards(Target target, SocketChannel other) throws IOException {
    Meter meter = new Meter(caps.down(), network::receives);
    if (!pump(other, client, new byte[0], meter)) {
      tooMuch(target);
      cut();
    }
    quiet = caps.ebb();
    watch.allow(quiet);
  }

  /** Passes on until {@code from} ends; false if it is more than may pass. */
  private boolean pump(SocketChannel from, SocketChannel to, byte[] first, Meter meter)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK).put(first);
    do {
      watch.allow(quiet);
      buffer.flip();
      if (!meter.takes(buffer.remaining())) {
        return false;
      }
      send(to, buffer);
    } while (from.read(buffer.clear()) >= 0);
    to.shutdownOutput();
    return true;
  }

  private void tooMuch(Target target) {
    network.refuse(new RefusedHost(target.toString(), "sent or received too much"));
  }

  /** An end that comes while the client still sends would take its answer away from it. */
  private void linger() throws IOException {
    if (client.isOpen()) {
      watch.allow(LINGER);
      client.shutdownOutput();
      ByteBuffer nowhere = ByteBuffer.allocate(CHUNK);
      int drained = 0;
      for (int read = 0; read >= 0 && drained < MOST_LINGER; read = client.read(nowhere.clear())) {
        drained += read;
      }
    }
  }

  private void cut() {
    close(client);
    close(server);
  }

  private static void close(@Nullable SocketChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException gone) {
        LOG.debugf(gone, "A connection had ended already");
      }
    }
  }

  private static void join(Thread thread) throws IOException {
    try {
      thread.join();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted in the middle of a connection", ended);
    }
  }

  private void refuse(DeniedException denied) throws IOException {
    String what = denied.place().map(place -> place + " refused: ").orElse("");
    String body =
        "knight: %s%s. What a job may reach is chosen by network in .knight.yml.\n"
            .formatted(what, denied.why());
    String head =
        "HTTP/1.1 %s\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"
            .formatted(denied.status().line(), body.length());
    send(client, ascii(head + body));
  }

  private static void send(SocketChannel to, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
