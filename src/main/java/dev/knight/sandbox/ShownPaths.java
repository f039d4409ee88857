package dev.knight.sandbox;

import dev.knight.job.MisconfiguredException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the owner shows to every agent besides the system: {@code knight.agent.paths}. */
final class ShownPaths {
  /** Nobody can mean all of these; each holds what is not the agent's. */
  private static final List<Path> NEVER_WHOLE =
      Stream.of("/etc", "/home", "/root", "/proc", "/dev", "/sys", "/run", "/var", "/tmp", "/boot")
          .map(Path::of)
          .toList();

  private ShownPaths() {}

  /**
   * {@code paths}, if they may be shown.
   *
   * @param hidden what must never be seen: neither it nor anything above it is shown
   * @throws MisconfiguredException naming the first that may not
   */
  static List<Path> checked(List<Path> paths, List<Path> hidden) {
    paths.forEach(path -> check(path, hidden));
    return paths.stream().map(Path::normalize).toList();
  }

  private static void check(Path path, List<Path> hidden) {
    if (!path.isAbsolute() || !Files.exists(path)) {
      throw new MisconfiguredException(
          "knight.agent.paths names %s, which is not the absolute path of something that is there"
              .formatted(path));
    }
    Path place = path.normalize();
    if (Stream.concat(hidden.stream(), NEVER_WHOLE.stream())
        .anyMatch(each -> each.startsWith(place))) {
      throw new MisconfiguredException(
          "knight.agent.paths names %s, in which there is what no agent may see: name what it needs of it"
              .formatted(path));
    }
  }
}
