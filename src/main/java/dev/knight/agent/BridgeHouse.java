package dev.knight.agent;

import dev.knight.bridge.BridgeLock;
import dev.knight.bridge.BridgeSocket;
import dev.knight.bridge.Stragglers;
import dev.knight.home.KnightHome;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Starts bridges, and clears away what dead ones left. */
final class BridgeHouse {
  /** Keeps the signals of the service's terminal away where there is no {@code setsid}. */
  private static final List<String> WITHOUT_SETSID =
      List.of("/bin/sh", "-c", "trap '' HUP INT QUIT; exec \"$@\"", "sh");

  private static final int PATIENCE_SECONDS = 10;

  /** The kernel tells nobody that a lock is free. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final KnightHome home;
  private final PiLaunch launch;
  private final List<String> self;
  private final String path;

  BridgeHouse(KnightHome home, PiLaunch launch, List<String> self, String path) {
    this.home = home;
    this.launch = launch;
    this.self = List.copyOf(self);
    this.path = path;
  }

  /** Whether the bridge of the conversation {@code name} lives. */
  boolean lives(String name) {
    try {
      return BridgeLock.isHeld(home.bridge(name));
    } catch (IOException e) {
      throw new UnavailableException("Cannot look whether a bridge lives", e);
    }
  }

  /** Starts the bridge of {@code name}, whose plan is written; it outlives this process. */
  Process start(String name) throws IOException {
    Path directory = home.bridge(name);
    List<String> command = new ArrayList<>(detached());
    command.addAll(self);
    command.addAll(List.of("bridge", directory.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("bridge.log").toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", path, "LANG", "C.UTF-8"));
    return builder.start();
  }

  private List<String> detached() {
    return Pattern.compile(":")
        .splitAsStream(path)
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, "setsid"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(setsid -> List.of(setsid.toString()))
        .orElse(WITHOUT_SETSID);
  }

  /** Waits until the bridge of {@code name} has ended, for at most {@code patience}. */
  void awaitEnd(String name, Duration patience) {
    long tries = patience.dividedBy(BETWEEN_LOOKS);
    try {
      for (long i = 0; i < tries && lives(name); i++) {
        TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the bridge of {@code name} if it lives still, and whatever pi left behind. */
  void clear(String name) {
    try {
      if (lives(name)) {
        BridgeLock.holder(home.bridge(name)).ifPresent(BridgeHouse::kill);
      }
      Stragglers.end(launch.mark(name));
      BridgeSocket.remove(home.socket(name));
    } catch (IOException e) {
      throw new UnavailableException("Cannot clear away what a dead bridge left", e);
    }
  }

  private static void kill(ProcessHandle bridge) {
    bridge.destroyForcibly();
    try {
      bridge.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new UnavailableException("A bridge cannot be killed", Optional.empty(), e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the bridge of {@code name} complained of last; empty when it did not. */
  String complaint(String name) {
    try {
      Path log = home.bridge(name).resolve("bridge.log");
      String text = Files.exists(log) ? Files.readString(log) : "";
      return OneLine.of(text.lines().reduce("", (_, line) -> line), 300);
    } catch (IOException e) {
      return "its log cannot be read: " + e.getMessage();
    }
  }
}
