package dev.knight.egress;

import dev.knight.job.RefusedHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A proxy that listens on this machine, and an Internet whose public addresses all lead to servers
 * on this machine too.
 */
public final class EgressWorld implements Internet, AutoCloseable {
  public static final String FILES = "files.example";
  static final String PUBLIC = "104.16.1.34";

  public final BlockingQueue<RefusedHost> refused = new LinkedBlockingQueue<>();
  final BlockingQueue<String> reached = new LinkedBlockingQueue<>();
  final Map<String, List<String>> names = new HashMap<>();
  final Set<String> near = new HashSet<>();

  private final Map<Integer, Integer> ports = new HashMap<>();
  private final ServerSocketChannel listener;
  private final JobNetwork network;

  /** The job may reach {@code allowed}, as {@code knight.network.offer} writes it. */
  public EgressWorld(Caps caps, String... allowed) throws IOException {
    names.put(FILES, List.of(PUBLIC));
    NetworkOffer offer = NetworkOffer.of(List.of(allowed));
    this.network = new JobNetwork(offer.choose(List.of(allowed)).allowed(), caps, refused::add);
    this.listener =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    listen(listener);
  }

  /** What the job may reach. */
  public JobNetwork network() {
    return network;
  }

  /** Serves what comes in at {@code door} too. */
  void listen(ServerSocketChannel door) {
    EgressProxy proxy = new EgressProxy(this);
    Thread.ofVirtual().start(() -> accept(door, proxy));
  }

  private void accept(ServerSocketChannel door, EgressProxy proxy) {
    while (door.isOpen()) {
      try {
        SocketChannel connection = door.accept();
        Thread.ofVirtual().start(() -> proxy.serve(connection, network));
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** Whoever connects to {@code port} outside comes out at {@code here}. */
  public void lead(int port, int here) {
    ports.put(port, here);
  }

  int port() throws IOException {
    return ((InetSocketAddress) listener.getLocalAddress()).getPort();
  }

  /** A connection from inside. */
  Socket inside() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    // What never comes fails a test, instead of keeping it.
    socket.setSoTimeout(60_000);
    return socket;
  }

  @Override
  public List<InetAddress> resolve(String host) throws IOException {
    List<String> addresses = names.get(host);
    if (addresses == null) {
      throw new IOException("Nobody knows " + host);
    }
    return addresses.stream().map(InetAddress::ofLiteral).toList();
  }

  @Override
  public boolean isNear(InetAddress address) {
    return near.contains(address.getHostAddress());
  }

  @Override
  public SocketChannel connect(InetAddress address, int port, Duration limit) throws IOException {
    reached.add(address.getHostAddress() + ":" + port);
    Integer here = ports.get(port);
    if (here == null) {
      throw new IOException("Nobody listens there");
    }
    return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), here));
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /** Caps that no test reaches by itself. */
  static Caps wide() {
    return Caps.standard();
  }

  /** Reads the head of an answer, or what there is of it, and nothing behind it. */
  static String head(Socket socket) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** A server that keeps what each connection said, until the client ended, and answers then. */
  static final class Echo implements AutoCloseable {
    final BlockingQueue<byte[]> said = new LinkedBlockingQueue<>();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final byte[] answer;

    Echo(byte[] answer) throws IOException {
      this.answer = answer.clone();
      Thread.ofVirtual().start(this::accept);
    }

    int port() {
      return server.getLocalPort();
    }

    private void accept() {
      while (!server.isClosed()) {
        try {
          Socket socket = server.accept();
          Thread.ofVirtual().start(() -> serve(socket));
        } catch (IOException closed) {
          return;
        }
      }
    }

    private void serve(Socket socket) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      try (socket) {
        socket.getInputStream().transferTo(all);
        socket.getOutputStream().write(answer);
      } catch (IOException cut) {
        all.writeBytes(new byte[] {'!'});
      }
      said.add(all.toByteArray());
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
