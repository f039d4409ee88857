package dev.knight.bridge;

import dev.knight.home.OwnProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/** A real bridge, in a process of its own, around a shell script that plays pi. */
@NullMarked
final class BridgeFixture implements AutoCloseable {
  private final Path directory;
  private final List<Process> started = new ArrayList<>();

  /**
   * @param directory an empty one
   * @param script what plays pi; its standard input and output are the RPC
   */
  BridgeFixture(Path directory, String script) throws IOException {
    this.directory = directory;
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(directory.resolve("pi.sh"), script);
    plan(socket()).write(directory);
  }

  BridgePlan plan(Path socket) {
    return new BridgePlan(
        List.of("/bin/sh", directory.resolve("pi.sh").toString()),
        Map.of("PATH", "/usr/bin:/bin", "MARK", directory.toString()),
        directory,
        "pi",
        socket,
        journal(),
        mark());
  }

  String mark() {
    return "MARK=" + directory;
  }

  Path socket() {
    return directory.resolve("s.sock");
  }

  Path journal() {
    return directory.resolve("journal.jsonl");
  }

  /** Starts the bridge. */
  Process start() throws IOException {
    List<String> command = new ArrayList<>(OwnProgram.command());
    command.addAll(List.of("bridge", directory.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("bridge.log").toFile())
            .start();
    started.add(process);
    return process;
  }

  /** What the bridge complained of. */
  String log() throws IOException {
    return Files.readString(directory.resolve("bridge.log"));
  }

  /** Goes to the bridge once it listens. */
  BridgeClient connect(Heard heard) throws IOException, InterruptedException {
    IOException last = new IOException("never tried");
    for (int i = 0; i < 600; i++) {
      try {
        return BridgeClient.connect(socket(), heard);
      } catch (IOException e) {
        last = e;
        if (started.getLast().waitFor(50, TimeUnit.MILLISECONDS)) {
          throw new IOException("The bridge ended: " + log(), e);
        }
      }
    }
    throw last;
  }

  @Override
  public void close() throws IOException {
    started.forEach(Process::destroyForcibly);
    Stragglers.end(mark());
  }
}
