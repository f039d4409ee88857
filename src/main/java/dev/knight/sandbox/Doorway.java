package dev.knight.sandbox;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Listens on a Unix socket for what is inside a jail. Only processes of this user come in, by the
 * kernel's word, and each connection has a virtual thread of its own. For these the JDK's own
 * sockets: a junixsocket that a virtual thread touches is polled from then on.
 */
public final class Doorway implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Doorway.class);

  /** The kernel's {@code sun_path} holds 108 bytes, the last of them zero. */
  private static final int LONGEST = 107;

  /** A hostile agent opens as many as it can. */
  private static final int MOST_CONNECTIONS = 64;

  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

  private final Path path;
  private final ServerSocketChannel server;
  private final UserPrincipal owner;
  private final @Nullable Object file;
  private final Handler handler;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

  /** Serves what comes in. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Serves one connection to its end, on a thread of its own. The connection is closed after
     * that, and when the doorway is: then reading and writing throw.
     */
    void serve(SocketChannel connection) throws IOException;
  }

  private Doorway(Path path, ServerSocketChannel server, Handler handler) throws IOException {
    this.path = path;
    this.server = server;
    this.owner = Files.getOwner(path);
    this.file = key(path);
    this.handler = handler;
  }

  /** Whether the kernel takes a socket's path as long as {@code path}. */
  public static boolean fits(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
  }

  /**
   * Opens the door at {@code path}, in a directory that is 0700 already. What an earlier service
   * left there gives way.
   */
  public static Doorway open(Path path, Handler handler) throws IOException {
    Files.deleteIfExists(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      Doorway doorway = new Doorway(path, server, handler);
      Thread.ofVirtual().name("door " + path.getFileName()).start(doorway::accept);
      return doorway;
    } catch (IOException failed) {
      server.close();
      throw failed;
    }
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        welcome(server.accept());
      } catch (IOException | RuntimeException failed) {
        if (server.isOpen()) {
          LOG.warnf("Nobody can come in at %s: %s", path, failed.getMessage());
          rest();
        }
      }
    }
  }

  private void welcome(SocketChannel connection) throws IOException {
    boolean welcome = false;
    try {
      welcome = connections.size() < MOST_CONNECTIONS && isOurs(connection);
    } finally {
      if (!welcome) {
        connection.close();
      }
    }
    if (welcome) {
      connections.add(connection);
      Thread.ofVirtual().name("in " + path.getFileName()).start(() -> serve(connection));
    }
  }

  /** A system that has no descriptor left says so at once, again and again. */
  private static void rest() {
    try {
      Thread.sleep(AFTER_FAILURE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isOurs(SocketChannel connection) throws IOException {
    return connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(owner);
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      if (server.isOpen()) {
        handler.serve(connection);
      }
    } catch (IOException cut) {
      LOG.debugf("A connection at %s was cut: %s", path, cut.getMessage());
    } finally {
      connections.remove(connection);
    }
  }

  /** Shuts the door and cuts every connection. A door that was opened there anew stays. */
  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel connection : connections) {
      connection.close();
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && Objects.equals(file, key(path))) {
      Files.deleteIfExists(path);
    }
  }

  private static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }
}
