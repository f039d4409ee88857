package dev.knight.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXServerSocket;
import org.newsclub.net.unix.AFUNIXSocket;

@NullMarked
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WireTest {
  private static final byte[] MUCH = new byte[2 * 1024 * 1024];

  @TempDir Path directory;

  private AFUNIXSocket client;
  private Wire wire;

  @BeforeEach
  void connect() throws IOException {
    Path path = directory.resolve("s");
    try (AFUNIXServerSocket server = BridgeSocket.bind(path)) {
      client = BridgeSocket.connect(path);
      wire = new Wire(server.accept());
    }
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
    wire.close();
  }

  @Test
  void a_reader_waits_for_what_the_client_says_and_hears_of_its_end() throws Exception {
    FutureTask<byte[]> heard = begun(() -> Channels.newInputStream(wire).readAllBytes());
    client.getOutputStream().write("one".getBytes(UTF_8));
    client.getOutputStream().write("two".getBytes(UTF_8));
    client.close();

    assertThat(heard.get()).asString(UTF_8).isEqualTo("onetwo");
  }

  @Test
  void a_writer_waits_for_the_client_and_tells_it_all() throws Exception {
    FutureTask<Integer> written =
        begun(() -> {
          Channels.newOutputStream(wire).write(MUCH);
          return MUCH.length;
        });

    assertThat(client.getInputStream().readNBytes(MUCH.length)).hasSize(MUCH.length);
    assertThat(written.get()).isEqualTo(MUCH.length);
  }

  @Test
  void an_offer_waits_for_nobody() throws Exception {
    ByteBuffer much = ByteBuffer.wrap(MUCH);
    int taken = 0;
    for (int more = wire.offer(much); more > 0; more = wire.offer(much)) {
      taken += more;
    }

    assertThat(taken).isEqualTo(much.position()).isLessThan(MUCH.length);
    assertThat(client.getInputStream().readNBytes(taken)).hasSize(taken);
    assertThat(wire.offer(much)).isPositive();
  }

  @Test
  void its_end_is_heard_by_whoever_waits_there_and_by_the_client() throws Exception {
    FutureTask<Integer> reading = begun(() -> Channels.newInputStream(wire).read());
    FutureTask<Integer> writing =
        begun(() -> {
          while (true) {
            Channels.newOutputStream(wire).write(MUCH);
          }
        });
    // It has begun to wait for room once there is something for the client.
    assertThat(client.getInputStream().read()).isZero();

    wire.close();

    assertThatThrownBy(reading::get).hasCauseInstanceOf(IOException.class);
    assertThatThrownBy(writing::get).hasCauseInstanceOf(IOException.class);
    assertThat(client.getInputStream().readAllBytes()).isNotEmpty();
  }

  /** Does {@code work} on a thread of its own, which has begun. */
  private static <T> FutureTask<T> begun(Callable<T> work) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    FutureTask<T> task =
        new FutureTask<>(() -> {
          begun.countDown();
          return work.call();
        });
    Thread.ofPlatform().daemon().start(task);
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    return task;
  }
}
