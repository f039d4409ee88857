package dev.knight.rehearsal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A small HTTP/1.1 server on 127.0.0.1 whose owner decides every byte. The JDK's own server writes
 * the {@code Date} of the machine into each answer and cannot stop in the middle of a head; a
 * stand-in with a clock and faults of its own needs both.
 */
final class LoopbackServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(LoopbackServer.class.getName());
  private static final int WAITING_CONNECTIONS = 256;

  /** What answers the requests. Called on a virtual thread of the connection. */
  interface Site {
    void answer(WireRequest request, WireReply reply) throws IOException;
  }

  private final ServerSocket listener;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  private LoopbackServer(ServerSocket listener) {
    this.listener = listener;
  }

  /** Takes the port, or a free one for 0; connections wait until somebody serves. */
  static LoopbackServer bind(int port) throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
        WAITING_CONNECTIONS);
    return new LoopbackServer(listener);
  }

  /** Answers from now on. */
  void serve(Site site) {
    Thread.ofVirtual().name("rehearsal-accept").start(() -> accept(site));
  }

  /** The address that it listens on, without a slash at the end. */
  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  private void accept(Site site) {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        connections.add(connection);
        Thread.ofVirtual().name("rehearsal-connection").start(() -> serve(site, connection));
      } catch (IOException closed) {
        LOG.log(Level.DEBUG, "The rehearsal's server was closed", closed);
      }
    }
  }

  private void serve(Site site, Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      BufferedInputStream in = new BufferedInputStream(connection.getInputStream());
      boolean another = true;
      while (another) {
        Optional<WireRequest> request = WireRequest.read(in, connection.getOutputStream());
        another = request.isPresent() && answer(site, request.get(), WireReply.to(connection));
      }
    } catch (IOException gone) {
      LOG.log(Level.DEBUG, "A client of the rehearsal went away", gone);
    } finally {
      connections.remove(connection);
    }
  }

  private static boolean answer(Site site, WireRequest request, WireReply reply)
      throws IOException {
    try {
      site.answer(request, reply);
    } catch (RuntimeException bug) {
      LOG.log(Level.ERROR, "The rehearsal cannot answer " + request, bug);
      reply.drop();
    }
    return reply.keepsConnection();
  }

  /** Stops listening and cuts every connection. */
  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
