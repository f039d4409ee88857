package dev.knight.bridge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Processes that a dead pi left behind. They are in sessions of their own and no longer anybody's
 * children, but their environment still names pi's private directory. Nothing is found where there
 * is no {@code /proc}.
 */
public final class Stragglers {
  private static final Path PROC = Path.of("/proc");

  /** Each round ends what the last one's victims started meanwhile. */
  private static final int ROUNDS = 10;

  private Stragglers() {}

  /**
   * Ends every process of this user whose environment holds {@code mark}.
   *
   * @param mark {@code NAME=value}
   */
  public static void end(String mark) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      List<ProcessHandle> found = find(mark);
      if (found.isEmpty()) {
        return;
      }
      found.forEach(ProcessHandle::destroyForcibly);
      found.forEach(Stragglers::awaitEnd);
    }
  }

  /** The processes whose environment holds {@code mark}; never this one. */
  static List<ProcessHandle> find(String mark) throws IOException {
    if (mark.isEmpty() || !Files.isDirectory(PROC)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("[0-9]{1,10}"))
          .filter(entry -> bears(entry, mark))
          .map(entry -> ProcessHandle.of(Long.parseLong(entry.getFileName().toString())))
          .flatMap(Optional::stream)
          .filter(process -> process.pid() != ProcessHandle.current().pid())
          .toList();
    }
  }

  private static boolean bears(Path process, String mark) {
    try {
      byte[] environment = Files.readAllBytes(process.resolve("environ"));
      String variables = "\0" + new String(environment, StandardCharsets.ISO_8859_1) + "\0";
      String wanted =
          new String(mark.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      return variables.contains("\0" + wanted + "\0");
    } catch (IOException _) {
      return false; // ended just now, or another user's
    }
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(1, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException _) {
      return; // the next round looks again
    }
  }
}
