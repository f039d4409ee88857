package dev.knight.overlay;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is still in the namespace of a {@link Keeper} that is gone, or about to go: jails that were
 * made there live on, with its mount. A second mount over the same layer would not see what they
 * write, so they end before there is one. The kernel knows them all; nobody keeps a list.
 */
final class Stragglers {
  private static final Path PROCESSES = Path.of("/proc");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private Stragglers() {}

  /**
   * Ends all that see {@code own} whole, and returns once the last one is gone.
   *
   * @param own by its real path, as it was mounted
   * @throws IOException if one of them does not go
   */
  static void end(Path own) throws IOException {
    long latest = System.nanoTime() + PATIENCE.toNanos();
    for (List<ProcessHandle> left = in(own); !left.isEmpty(); left = in(own)) {
      if (System.nanoTime() - latest > 0) {
        throw new IOException("Processes that work in %s do not end".formatted(own));
      }
      left.forEach(ProcessHandle::destroyForcibly);
      pause();
    }
  }

  /** Nobody in this process's own namespace is meant: nothing is mounted there. */
  private static List<ProcessHandle> in(Path own) throws IOException {
    List<ProcessHandle> in = new ArrayList<>();
    Map<String, Boolean> seen = new HashMap<>(Map.of(namespace(PROCESSES.resolve("self")), false));
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[1-9]*")) {
      for (Path process : processes) {
        if (sees(process, own, seen)) {
          handle(process).ifPresent(in::add);
        }
      }
    }
    return in;
  }

  private static Optional<ProcessHandle> handle(Path process) {
    return ProcessHandle.of(Long.parseLong(process.getFileName().toString()));
  }

  private static boolean sees(Path process, Path own, Map<String, Boolean> seen) {
    try {
      String namespace = namespace(process);
      if (!seen.containsKey(namespace)) {
        seen.put(namespace, isMounted(own, process));
      }
      return seen.getOrDefault(namespace, false);
    } catch (IOException _) {
      return false; // it has ended, or is another user's
    }
  }

  private static String namespace(Path process) throws IOException {
    return Files.readSymbolicLink(process.resolve("ns").resolve("mnt")).toString();
  }

  private static boolean isMounted(Path own, Path process) throws IOException {
    return Files.readString(process.resolve("mountinfo"), StandardCharsets.ISO_8859_1)
        .contains("upperdir=%s,".formatted(own));
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while the last ones ended");
    }
  }
}
