package dev.knight.bridge;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.newsclub.net.unix.AFUNIXServerSocket;
import org.newsclub.net.unix.AFUNIXSocket;

/** Listens for clients: only this user's, and not too many. */
final class BridgeServer implements Closeable {
  private static final int MOST_CLIENTS = 32;

  /** How long clients may take, once pi has ended, to read the rest. */
  private static final long LINGER_MILLIS = 2_000;

  private final Path path;
  private final AFUNIXServerSocket server;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  BridgeServer(Path path) throws IOException {
    this.path = path;
    this.server = BridgeSocket.bind(path);
  }

  /** Serves {@code bridge} from now on. */
  void serve(Path file, Journal journal, Bridge bridge) {
    Thread.ofPlatform().daemon().name("accept").start(() -> accept(file, journal, bridge));
  }

  private void accept(Path file, Journal journal, Bridge bridge) {
    while (!server.isClosed()) {
      try {
        AFUNIXSocket socket = server.accept();
        try {
          welcome(socket, file, journal, bridge);
        } catch (IOException unwelcome) {
          socket.close();
          throw unwelcome;
        }
      } catch (IOException e) {
        if (!server.isClosed()) {
          System.err.println("A client could not come in: " + e);
        }
      }
    }
  }

  private void welcome(AFUNIXSocket socket, Path file, Journal journal, Bridge bridge)
      throws IOException {
    if (connections.size() >= MOST_CLIENTS || !BridgeSocket.isOurs(socket)) {
      socket.close();
      return;
    }
    Connection connection = new Connection(new Wire(socket), file, journal, bridge);
    connections.add(connection);
    Thread.ofPlatform().daemon().name("client").start(() -> serve(connection));
  }

  private void serve(Connection connection) {
    try {
      connection.serve();
    } finally {
      connections.remove(connection);
    }
  }

  /** Takes no more clients, and lets those that are there read the rest. */
  @Override
  public void close() throws IOException {
    server.close();
    BridgeSocket.remove(path);
    long end = System.nanoTime() + LINGER_MILLIS * 1_000_000;
    try {
      for (Connection connection : connections) {
        connection.sayGoodbye(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
