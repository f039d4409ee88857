package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.knight.fake.MemoryJobStore;
import dev.knight.systemd.Notifier;
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
class WatchdogTest {
  @TempDir private Path directory;

  @Test
  void a_tick_tells_systemd_that_the_service_is_not_stuck() throws IOException {
    Path socket = directory.resolve("notify");
    try (AFUNIXDatagramSocket systemd = AFUNIXDatagramSocket.newInstance()) {
      systemd.bind(AFUNIXSocketAddress.of(socket));

      watchdog(socket).alive();

      DatagramPacket heard = new DatagramPacket(new byte[512], 512);
      systemd.receive(heard);
      assertThat(new String(heard.getData(), 0, heard.getLength(), StandardCharsets.UTF_8))
          .isEqualTo("WATCHDOG=1");
    }
  }

  @Test
  void a_systemd_that_cannot_be_told_ends_nothing() {
    Watchdog watchdog = watchdog(directory.resolve("nobody"));

    assertThatCode(() -> watchdog.ready("knight serves")).doesNotThrowAnyException();
    assertThatCode(watchdog::alive).doesNotThrowAnyException();
  }

  @Test
  void where_there_is_no_systemd_nobody_wants_it() {
    assertThat(new Watchdog(new MemoryJobStore(), Notifier.of(Map.of())).isWanted()).isFalse();
    assertThat(watchdog(directory.resolve("notify")).isWanted()).isTrue();
  }

  private static Watchdog watchdog(Path socket) {
    return new Watchdog(
        new MemoryJobStore(), Notifier.of(Map.of("NOTIFY_SOCKET", socket.toString())));
  }
}
