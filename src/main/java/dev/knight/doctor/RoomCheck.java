package dev.knight.doctor;

import dev.knight.hygiene.ShellWord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Scanner;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Whether a disk has room for what knight keeps on it: bytes and files. */
public final class RoomCheck implements Check {
  /** Below this, no job is begun. */
  private static final long LEAST = 256L << 20;

  /** A few worktrees with what their projects install. */
  private static final long ENOUGH = 5L << 30;

  /** Where locks and mappings of files are not what H2 takes them for. */
  private static final Set<String> FOREIGN =
      Set.of("nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "vboxsf", "drvfs", "vfat", "exfat");

  private final String id;
  private final String title;
  private final Path place;

  /**
   * The disk of {@code place}.
   *
   * @param id what is kept there, as {@code home}
   */
  public RoomCheck(String id, Path place) {
    this.id = "disk." + id;
    this.title = "Disk of " + place;
    this.place = place;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String title() {
    return title;
  }

  /**
   * What is left on a disk.
   *
   * @param bytes for this account
   * @param inodes per cent of all files that it can hold; empty where there is no such number
   * @param type the kind of file system, as the kernel calls it
   */
  record Room(long bytes, OptionalInt inodes, String type) {}

  @Override
  public List<Result> look() throws IOException {
    Path there = nearest(place.toAbsolutePath());
    FileStore disk = Files.getFileStore(there);
    Room room = new Room(disk.getUsableSpace(), inodesFree(there), disk.type());
    return List.of(judged(room, there));
  }

  /** What it means that {@code there} has {@code room}. */
  Result judged(Room room, Path there) {
    if (room.bytes() < LEAST) {
      return Result.bad(
          id,
          title,
          "%d MB left, and below %d MB no job is begun".formatted(room.bytes() >> 20, LEAST >> 20),
          "make room: du -xh -d 2 %s | sort -h | tail; or set a smaller knight.retention.size"
              .formatted(ShellWord.of(there)));
    }
    int inodes = room.inodes().orElse(100);
    if (inodes < 2) {
      return Result.bad(
          id,
          title,
          "it can hold hardly any more files (%d %% of its inodes are free)".formatted(inodes),
          "remove many small files: du -x --inodes -d 2 %s | sort -n | tail"
              .formatted(ShellWord.of(there)));
    }
    if (FOREIGN.contains(room.type())) {
      return Result.doubtful(
          id,
          title,
          "it is %s, where locks are not sure to hold".formatted(room.type()),
          "put it onto a disk of this machine: KNIGHT_HOME=/path/on/it");
    }
    if (room.bytes() < ENOUGH || inodes < 5) {
      return Result.doubtful(
          id,
          title,
          "%.1f GB and %d %% of its files left, which is little for worktrees"
              .formatted(gigabytes(room.bytes()), inodes),
          "make room, or set a smaller knight.retention.size");
    }
    return Result.good(
        id,
        title,
        "%.0f GB left%s"
            .formatted(
                gigabytes(room.bytes()),
                room.inodes().isPresent() ? ", %d %% of its files".formatted(inodes) : ""));
  }

  private static double gigabytes(long bytes) {
    return bytes / (double) (1L << 30);
  }

  /** What is there already of a place that is still to be made. */
  private static Path nearest(Path place) {
    Path there = place;
    while (!Files.exists(there)) {
      there = Optional.ofNullable(there.getParent()).orElse(Path.of("/"));
    }
    return there;
  }

  /** Per cent; the JDK does not ask for it. Some file systems have no such number. */
  private static OptionalInt inodesFree(Path place) {
    try {
      Process stat =
          new ProcessBuilder("stat", "-f", "-c", "%c %d", place.toString())
              .redirectErrorStream(true)
              .start();
      try (var out = stat.getInputStream()) {
        Scanner words = new Scanner(new String(out.readNBytes(200), StandardCharsets.US_ASCII));
        boolean ended = stat.waitFor(10, TimeUnit.SECONDS) && stat.exitValue() == 0;
        long all = ended && words.hasNextLong() ? words.nextLong() : 0;
        return all > 0 && words.hasNextLong()
            ? OptionalInt.of((int) (100.0 * words.nextLong() / all))
            : OptionalInt.empty();
      } finally {
        stat.destroyForcibly();
      }
    } catch (IOException noStat) {
      return OptionalInt.empty();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }
}
