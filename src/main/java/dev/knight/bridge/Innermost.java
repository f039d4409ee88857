package dev.knight.bridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Finds the program in a jail among the processes: bubblewrap stays outside and waits, its copy
 * inside is the first process there, and that one's first child is the program.
 */
public final class Innermost {
  private static final Path PROC = Path.of("/proc");
  private static final String JAIL = "bwrap";
  private static final int WALLS = 2;

  private Innermost() {}

  /** The program in {@code process}, or {@code process} itself if it is no jail. */
  public static Optional<ProcessHandle> of(ProcessHandle process) {
    Optional<ProcessHandle> found = Optional.of(process);
    for (int wall = 0; wall < WALLS && found.filter(Innermost::isJail).isPresent(); wall++) {
      found = found.flatMap(Innermost::firstChild);
    }
    return found;
  }

  /** What has lost its parent inside becomes a later child of the first process there. */
  private static Optional<ProcessHandle> firstChild(ProcessHandle process) {
    return process
        .children()
        .min(
            Comparator.comparing(
                    (ProcessHandle child) -> child.info().startInstant().orElse(Instant.MAX))
                .thenComparingLong(ProcessHandle::pid));
  }

  private static boolean isJail(ProcessHandle process) {
    try {
      Path name = PROC.resolve(Long.toString(process.pid())).resolve("comm");
      return Files.readString(name).strip().equals(JAIL);
    } catch (IOException _) {
      return false; // ended just now, or no /proc
    }
  }
}
