package dev.knight.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NotifierTest {
  @TempDir private Path directory;

  @Test
  void systemd_is_told_in_its_own_words() throws IOException {
    Path socket = directory.resolve("notify");
    try (AFUNIXDatagramSocket systemd = AFUNIXDatagramSocket.newInstance()) {
      systemd.bind(AFUNIXSocketAddress.of(socket));
      Notifier notifier = Notifier.of(Map.of("NOTIFY_SOCKET", socket.toString()));

      notifier.ready("knight serves 2 repositories\nMAINPID=1");
      assertThat(heard(systemd)).isEqualTo("READY=1\nSTATUS=knight serves 2 repositories");
      notifier.alive();
      assertThat(heard(systemd)).isEqualTo("WATCHDOG=1");
      notifier.stopping();
      assertThat(heard(systemd)).startsWith("STOPPING=1\n");
    }
  }

  @Test
  void a_socket_that_is_no_file_is_found() throws IOException {
    String name = "knight-test-" + ProcessHandle.current().pid();
    try (AFUNIXDatagramSocket systemd = AFUNIXDatagramSocket.newInstance()) {
      systemd.bind(AFUNIXSocketAddress.inAbstractNamespace(name));

      Notifier.of(Map.of("NOTIFY_SOCKET", "@" + name)).alive();

      assertThat(heard(systemd)).isEqualTo("WATCHDOG=1");
    }
  }

  @Test
  void without_a_socket_nothing_is_told() throws IOException {
    Notifier.of(Map.of()).ready("x");
    Notifier.of(Map.of("NOTIFY_SOCKET", "vsock:2:1")).ready("x");
  }

  @Test
  void a_systemd_that_is_gone_is_told_as_such() {
    Notifier notifier = Notifier.of(Map.of("NOTIFY_SOCKET", directory.resolve("no").toString()));

    assertThatThrownBy(notifier::alive).isInstanceOf(IOException.class);
  }

  private static String heard(AFUNIXDatagramSocket systemd) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[512], 512);
    systemd.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }
}
