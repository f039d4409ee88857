package dev.knight;

import dev.knight.hygiene.ShellWord;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** A file that holds a secret: it is read only if nobody else can read or change it. */
final class SecretFile {
  /** More is no token and no key. */
  private static final int LARGEST = 64 * 1024;

  private static final int ROOT = 0;
  private static final Path STATUS = Path.of("/proc/self/status");

  /** systemd gives a service its credentials here: root's, and readable by the service's group. */
  private static final Path CREDENTIALS = Path.of("/run/credentials");

  private SecretFile() {}

  /**
   * The secret in {@code file}, which {@code key} names.
   *
   * @throws MisconfiguredException if it is empty, cannot be read, or is not for knight alone
   */
  static Secret read(String key, Path file) {
    try {
      refuseUnlessOwn(file);
      try (var in = Files.newInputStream(file)) {
        String text = new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        if (text.isBlank()) {
          throw new MisconfiguredException("%s names %s, which is empty".formatted(key, file));
        }
        return new Secret(text.strip());
      }
    } catch (IOException unreadable) {
      throw new MisconfiguredException(
          "%s names %s, which cannot be read".formatted(key, file), unreadable);
    }
  }

  /**
   * Passes if {@code file}, or what it leads to, is its user's or root's and closed to all others.
   *
   * @throws MisconfiguredException with the command that mends it
   */
  static void refuseUnlessOwn(Path file) throws IOException {
    Path real = file.toRealPath();
    int owner = owner(real);
    if (owner != ROOT && !isOwn(owner)) {
      throw new MisconfiguredException(
          "%s belongs to another user, who can change it: run chown %s %s"
              .formatted(real, System.getProperty("user.name"), ShellWord.of(real)));
    }
    Set<PosixFilePermission> allowed =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE);
    if (owner == ROOT && real.startsWith(CREDENTIALS)) {
      allowed.add(PosixFilePermission.GROUP_READ);
    }
    if (!allowed.containsAll(Files.getPosixFilePermissions(real))) {
      throw new MisconfiguredException(
          "%s is open to other users: run chmod 600 %s".formatted(real, ShellWord.of(real)));
    }
  }

  /** By the kernel's word; where it gives none, the permissions have to do. */
  private static boolean isOwn(int owner) throws IOException {
    if (!Files.exists(STATUS)) {
      return true;
    }
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("Uid:"))
          .map(line -> line.split("\\s+"))
          .anyMatch(ids -> ids.length > 2 && ids[2].equals(Integer.toString(owner)));
    }
  }

  private static int owner(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:uid");
  }
}
