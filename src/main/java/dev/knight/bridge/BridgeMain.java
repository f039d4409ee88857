package dev.knight.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The third life of knight: {@code knight bridge DIR}. A plain program that starts pi as {@code
 * DIR/bridge.json} says and stays as long as pi does.
 */
public final class BridgeMain {
  /** Who looks whether a bridge lives holds its lock for a moment. */
  private static final int TRIES_TO_LOCK = 20;

  private static final int STDERR_KEPT = 8 * 1024;

  private BridgeMain() {}

  /**
   * Runs the bridge of {@code directory} to its end.
   *
   * @return the exit code: 0 when pi ran, however it ended, and 1 when it could not be started
   */
  public static int run(Path directory) {
    try (BridgeLock _ = lock(directory)) {
      BridgePlan plan = BridgePlan.read(directory);
      try (Journal journal = Journal.open(plan.journal(), InstantSource.system());
          BridgeServer server = new BridgeServer(plan.socket())) {
        return run(directory, plan, journal, server);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("The bridge in " + directory + " cannot run: " + e.getMessage());
      return 1;
    }
  }

  private static int run(Path directory, BridgePlan plan, Journal journal, BridgeServer server)
      throws IOException {
    EntryCodec entries = new EntryCodec();
    PiProcess pi;
    try {
      pi = PiProcess.start(plan, directory.resolve("stderr.log"));
    } catch (IOException e) {
      journal.appendForGood(entries.exited(1, String.valueOf(e.getMessage())));
      throw e;
    }
    journal.append(entries.started(pi.pid()));
    Bridge bridge = new Bridge(pi, journal);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(pi)));
    server.serve(plan.journal(), journal, bridge);
    read(pi, bridge);
    int code = end(pi);
    journal.appendForGood(entries.exited(code, pi.stderr(STDERR_KEPT)));
    return 0;
  }

  private static void read(PiProcess pi, Bridge bridge) {
    try {
      pi.read(bridge::said);
    } catch (IOException e) {
      System.err.println("pi cannot be read any more: " + e);
    }
  }

  private static int end(PiProcess pi) {
    try {
      return pi.end();
    } catch (IOException e) {
      System.err.println("pi could not be ended whole: " + e);
      return -1;
    }
  }

  private static BridgeLock lock(Path directory) throws IOException {
    for (int i = 0; i < TRIES_TO_LOCK; i++) {
      Optional<BridgeLock> lock = BridgeLock.take(directory);
      if (lock.isPresent()) {
        return lock.get();
      }
      pause();
    }
    throw new IOException("another one lives there");
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }
}
