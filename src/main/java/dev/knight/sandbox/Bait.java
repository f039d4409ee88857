package dev.knight.sandbox;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.newsclub.net.unix.AFUNIXServerSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * What lies and lives outside for the probes to reach: files, a process with a secret in its
 * environment, and services that listen. All of it is gone when this is closed.
 */
final class Bait implements AutoCloseable {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final Path place;
  private final Path shortPlace;
  private final String canary = "canary-" + random();
  private final String marker = "marker-" + random();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Map<String, String> arguments = new TreeMap<>();

  /**
   * Lays it out.
   *
   * @param place an empty directory
   * @param prefix words that run the words after them, as another user perhaps
   */
  Bait(Path place, Machine machine, List<String> prefix) throws IOException {
    this.place = place;
    this.shortPlace = Files.createTempDirectory("knight-bait");
    try {
      arguments.put("machine", machine.name());
      arguments.put("canary", canary);
      arguments.put("marker", marker);
      layFiles();
      startProcess(prefix);
      listen();
    } catch (IOException failed) {
      close();
      throw failed;
    }
  }

  /** What no probe may ever read. */
  String canary() {
    return canary;
  }

  /** A directory that is no part of the jail. */
  Path outside() {
    return place.resolve("outside");
  }

  /** What stands for the agent's worktree. */
  Path worktree() {
    return place.resolve("worktree");
  }

  /** What stands for the repository's mirror. */
  Path readOnly() {
    return place.resolve("mirror");
  }

  /** Everything that it made on disk. */
  List<Path> places() {
    return List.of(place, shortPlace, shared());
  }

  /** {@code NAME=VALUE} for the probes. */
  List<String> arguments() {
    return arguments.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .toList();
  }

  private Path shared() {
    return SHARED_MEMORY.resolve(marker);
  }

  private void layFiles() throws IOException {
    for (Path directory : List.of(outside(), worktree(), readOnly())) {
      Files.createDirectory(directory);
    }
    Path secret = outside().resolve("secret");
    Path temporary = shortPlace.resolve("temporary");
    for (Path file : List.of(secret, temporary, shared())) {
      Files.writeString(file, canary);
    }
    arguments.put("outside", outside().toString());
    arguments.put("worktree", worktree().toString());
    arguments.put("readonly", readOnly().toString());
    arguments.put("secret", secret.toString());
    arguments.put("temporary", temporary.toString());
    arguments.put("shared", shared().toString());
  }

  /** It lives until its input is closed. */
  private void startProcess(List<String> prefix) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("/bin/sh", "-c", "echo; read -r end", marker));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("KNIGHT_BAIT", canary);
    Process process = builder.start();
    open.add(process::destroyForcibly);
    open.add(process.getOutputStream());
    if (process.getInputStream().read() < 0) {
      throw new IOException("Cannot start a process to look at: " + command);
    }
    arguments.put("pid", "" + process.pid());
  }

  /** Who connects is let in by the kernel; only the datagrams need somebody who answers. */
  private void listen() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    ServerSocket tcp = new ServerSocket(0, 50, loopback);
    open.add(tcp);
    arguments.put("tcp", "" + tcp.getLocalPort());
    DatagramSocket udp = new DatagramSocket(0, loopback);
    open.add(udp);
    arguments.put("udp", "" + udp.getLocalPort());
    Thread.ofPlatform().daemon().name("echo").start(() -> echo(udp));
    AFUNIXServerSocket named =
        AFUNIXServerSocket.bindOn(AFUNIXSocketAddress.inAbstractNamespace(marker));
    open.add(named);
    arguments.put("abstract", marker);
    Path path = shortPlace.resolve("socket");
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    open.add(socket);
    socket.bind(UnixDomainSocketAddress.of(path));
    arguments.put("socket", path.toString());
  }

  private static void echo(DatagramSocket socket) {
    DatagramPacket packet = new DatagramPacket(new byte[8], 8);
    try {
      while (!socket.isClosed()) {
        socket.receive(packet);
        socket.send(packet);
      }
    } catch (IOException _) {
      socket.close(); // it was closed, which ends the waiting
    }
  }

  @Override
  public void close() throws IOException {
    for (AutoCloseable each : open) {
      close(each);
    }
    delete(shortPlace);
    Files.deleteIfExists(shared());
    for (Path directory : List.of(outside(), worktree(), readOnly())) {
      delete(directory);
    }
  }

  private static void close(AutoCloseable each) throws IOException {
    try {
      each.close();
    } catch (IOException | RuntimeException failed) {
      throw failed;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.list(directory)) {
      for (Path each : all.toList()) {
        Files.delete(each);
      }
    }
    Files.delete(directory);
  }

  private static String random() {
    byte[] bytes = new byte[12];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
