package dev.knight.systemd;

import java.io.IOException;
import java.net.DatagramPacket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * Tells systemd how the service is, over the socket that a unit of {@code Type=notify} gives it;
 * without one nothing is told.
 */
public final class Notifier {
  private final Optional<String> socket;

  private Notifier(Optional<String> socket) {
    this.socket = socket;
  }

  /** The one whose socket {@code environment} names. */
  public static Notifier of(Map<String, String> environment) {
    return new Notifier(
        Optional.ofNullable(environment.get("NOTIFY_SOCKET"))
            .filter(name -> name.startsWith("/") || name.startsWith("@")));
  }

  /** Whether there is somebody to tell. */
  public boolean isThere() {
    return socket.isPresent();
  }

  /**
   * The service serves.
   *
   * @param status how, in a line
   */
  public void ready(String status) throws IOException {
    tell("READY=1\nSTATUS=" + status.lines().findFirst().orElse(""));
  }

  /** The service is not stuck: a watchdog may wait anew. */
  public void alive() throws IOException {
    tell("WATCHDOG=1");
  }

  /** The service ends in order. */
  public void stopping() throws IOException {
    tell("STOPPING=1\nSTATUS=It ends in order; agents at work go on");
  }

  private void tell(String words) throws IOException {
    if (socket.isEmpty()) {
      return;
    }
    byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
    try (AFUNIXDatagramSocket datagrams = AFUNIXDatagramSocket.newInstance()) {
      datagrams.connect(address(socket.get()));
      datagrams.send(new DatagramPacket(bytes, bytes.length));
    }
  }

  /** A name that begins with @ is no file: the kernel wants a zero there. */
  private static AFUNIXSocketAddress address(String name) throws IOException {
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    if (path[0] == '@') {
      path[0] = 0;
    }
    return AFUNIXSocketAddress.of(path);
  }
}
