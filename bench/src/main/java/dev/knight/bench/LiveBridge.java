package dev.knight.bench;

import dev.knight.bridge.BridgePlan;
import dev.knight.home.OwnProgram;
import dev.knight.pi.RecordReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** A bridge as the service starts it, with a program that stands for pi. */
final class LiveBridge implements AutoCloseable {
  private static final int MILLIS_BETWEEN_LOOKS = 5;
  private static final int MOST_LOOKS = 12_000;

  private final Process process;
  private final Path socket;

  private LiveBridge(Process process, Path socket) {
    this.process = process;
    this.socket = socket;
  }

  /** Starts one in a new directory, and returns when it listens. */
  static LiveBridge start(Place place) throws IOException, InterruptedException {
    Path directory = place.directory("b");
    String name = directory.getFileName().toString();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    Path socket = directory.resolve("s");
    new BridgePlan(
            List.of("node", place.root().resolve("bench/bridge/pi.mjs").toString()),
            Map.of("PATH", System.getenv("PATH")),
            directory,
            "bench",
            socket,
            directory.resolve("journal.jsonl"),
            "KNIGHT_BENCH=" + name)
        .write(directory);
    Command command = place.command(Map.of(), name, words(place, directory));
    LiveBridge bridge = new LiveBridge(command.start(), socket);
    for (int looks = 0; !bridge.listens(); looks++) {
      boolean isOver =
          bridge.process.waitFor(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS) || looks > MOST_LOOKS;
      if (isOver) {
        bridge.close();
        throw new IllegalStateException("No bridge; it said:\n" + Files.readString(command.log()));
      }
    }
    return bridge;
  }

  /** What a service of the packaged program would say. */
  private static List<String> words(Place place, Path directory) {
    Properties service = new Properties();
    service.putAll(System.getProperties());
    service.setProperty("java.class.path", place.jar().toString());
    return Place.concat(
        OwnProgram.bridge(service, Optional.empty()), List.of("bridge", directory.toString()));
  }

  private boolean listens() {
    try (Reader _ = new Reader(socket)) {
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Goes to it and asks for all that it tells. */
  Reader read() throws IOException {
    Reader reader = new Reader(socket);
    reader.say("{\"op\":\"read\",\"after\":0}");
    return reader;
  }

  /** What it uses, without the program that stands for pi. */
  Usage usage() {
    return Usage.ofOne(process.pid());
  }

  /** Ends it with all that it started. */
  @Override
  public void close() {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroyForcibly().onExit().join();
    below.forEach(ProcessHandle::destroyForcibly);
  }

  /** One that is connected to it, and reads or does not. */
  static final class Reader implements AutoCloseable {
    private final AFUNIXSocket socket;
    private final RecordReader lines;

    private Reader(Path path) throws IOException {
      this.socket = AFUNIXSocket.connectTo(AFUNIXSocketAddress.of(path));
      this.lines = new RecordReader(socket.getInputStream());
    }

    /** Goes to whatever listens at {@code path}. */
    static Reader of(Path path) throws IOException {
      return new Reader(path);
    }

    void say(String line) throws IOException {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Has the program write {@code count} records, {@code millis} apart. */
    void prompt(String key, int count, int millis) throws IOException {
      say(
          """
          {"op":"prompt","id":"%s","key":"%s","attempt":1,\
          "command":{"type":"prompt","message":"%d %d"}}\
          """
              .formatted(key, key, count, millis));
    }

    /** Waits for the next line. */
    String next() throws IOException {
      return new String(
          lines.next().orElseThrow(() -> new IOException("The stream has ended")),
          StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
