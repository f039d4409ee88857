package dev.knight.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DoorwayTest {
  @TempDir Path directory;

  @Test
  void who_comes_in_is_served_and_the_socket_is_its_owners_alone() throws Exception {
    Path socket = directory.resolve("door.sock");
    try (Doorway _ = Doorway.open(socket, DoorwayTest::greet);
        SocketChannel visitor = visit(socket)) {
      assertThat(all(visitor)).isEqualTo("hello");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void a_door_that_a_dead_service_left_is_opened_anew_and_survives_the_old_ones_close()
      throws Exception {
    Path socket = directory.resolve("door.sock");
    Doorway old = Doorway.open(socket, DoorwayTest::greet);
    try (Doorway _ = Doorway.open(socket, DoorwayTest::greet)) {
      old.close();
      try (SocketChannel visitor = visit(socket)) {
        assertThat(all(visitor)).isEqualTo("hello");
      }
    }
  }

  @Test
  void closing_the_door_cuts_who_is_inside() throws Exception {
    Path socket = directory.resolve("door.sock");
    CompletableFuture<Void> cut = new CompletableFuture<>();
    Doorway door =
        Doorway.open(
            socket,
            connection -> {
              connection.write(UTF_8.encode("in"));
              try {
                connection.read(ByteBuffer.allocate(1));
              } finally {
                cut.complete(null);
              }
            });
    try (SocketChannel visitor = visit(socket)) {
      visitor.read(ByteBuffer.allocate(1));
      door.close();
      cut.get(30, TimeUnit.SECONDS);
      assertThat(all(visitor)).isIn("", "n");
    }
    assertThatThrownBy(() -> visit(socket)).isInstanceOf(IOException.class);
  }

  @Test
  void no_more_than_sixty_four_come_in_at_once() throws Exception {
    Path socket = directory.resolve("door.sock");
    List<SocketChannel> visitors = new ArrayList<>();
    try (Doorway _ =
        Doorway.open(
            socket,
            connection -> {
              connection.write(UTF_8.encode("in"));
              connection.read(ByteBuffer.allocate(1));
            })) {
      for (int i = 0; i < 64; i++) {
        SocketChannel visitor = visit(socket);
        visitors.add(visitor);
        visitor.read(ByteBuffer.allocate(1));
      }
      try (SocketChannel one = visit(socket)) {
        assertThat(all(one)).isEmpty();
      }
    } finally {
      for (SocketChannel visitor : visitors) {
        visitor.close();
      }
    }
  }

  @Test
  void the_relay_passes_what_is_said_both_ways_also_after_one_side_has_said_all() throws Exception {
    Path socket = directory.resolve("door.sock");
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Doorway _ = Doorway.open(socket, new Relay(server.getLocalPort()));
        SocketChannel visitor = visit(socket)) {
      Thread.ofVirtual().start(() -> echoAll(server));
      byte[] much = new byte[3_000_000];
      Thread.ofVirtual().start(() -> say(visitor, much));

      assertThat(Channels.newInputStream(visitor).readAllBytes()).hasSize(much.length);
    }
  }

  @Test
  void a_port_where_nobody_listens_is_a_closed_connection() throws Exception {
    Path socket = directory.resolve("door.sock");
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    try (Doorway _ = Doorway.open(socket, new Relay(port));
        SocketChannel visitor = visit(socket)) {
      assertThat(all(visitor)).isEmpty();
    }
  }

  /** Answers only once all was said. */
  private static void echoAll(ServerSocket server) {
    try (Socket socket = server.accept()) {
      byte[] all = socket.getInputStream().readAllBytes();
      socket.getOutputStream().write(all);
      socket.shutdownOutput();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void say(SocketChannel visitor, byte[] much) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(much);
      while (buffer.hasRemaining()) {
        visitor.write(buffer);
      }
      visitor.shutdownOutput();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void greet(SocketChannel connection) throws IOException {
    connection.write(UTF_8.encode("hello"));
  }

  private static SocketChannel visit(Path socket) throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  private static String all(SocketChannel visitor) throws IOException {
    return new String(Channels.newInputStream(visitor).readAllBytes(), UTF_8);
  }
}
