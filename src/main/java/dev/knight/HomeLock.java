package dev.knight;

import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The right of one process to a home. The kernel takes it back when the process ends, however it
 * ends; the text in the file only says who holds it.
 */
final class HomeLock implements AutoCloseable {
  private final Closeable held;

  private HomeLock(Closeable held) {
    this.held = held;
  }

  /**
   * Takes the lock, if no other process has it.
   *
   * @param command what this process is about to do, for those who meet the lock
   */
  static Optional<HomeLock> tryTake(KnightHome home, String command, Instant now) {
    try {
      Optional<HomeLock> lock = tryHold(home, command, now);
      if (lock.isPresent()) {
        Files.deleteIfExists(home.service());
      }
      return lock;
    } catch (IOException unusable) {
      throw unusable(home, unusable);
    }
  }

  /**
   * As {@link #tryTake}, by a process that only reads: a home that is not there is nobody's, and is
   * not made for that.
   */
  static Optional<HomeLock> tryRead(KnightHome home, String command, Instant now) {
    return Files.exists(home.root())
        ? tryTake(home, command, now)
        : Optional.of(new HomeLock(() -> {}));
  }

  /** As {@link #tryTake}, by a process that only looks: it leaves everything where it lies. */
  static Optional<HomeLock> tryHold(KnightHome home, String command, Instant now) {
    try {
      home.make(home.run());
      FileChannel channel =
          FileChannel.open(
              home.serviceLock(),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (isLocked(channel)) {
        write(
            channel,
            "process %s, since %s, knight %s\n"
                .formatted(pid(), now.truncatedTo(ChronoUnit.SECONDS), command));
        return Optional.of(new HomeLock(channel));
      }
      channel.close();
      return Optional.empty();
    } catch (IOException unusable) {
      throw unusable(home, unusable);
    }
  }

  /** Whether another process holds the lock of {@code home}. */
  static boolean isHeld(KnightHome home) {
    if (!Files.exists(home.serviceLock())) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(home.serviceLock(), StandardOpenOption.WRITE)) {
      return !isLocked(channel);
    } catch (IOException unusable) {
      throw unusable(home, unusable);
    }
  }

  /** What the holder of the lock of {@code home} says of itself; meant for people. */
  static String holder(KnightHome home) {
    Path file = home.serviceLock();
    try {
      String text = Files.readString(file).strip();
      return text.isEmpty() ? "starting" : text;
    } catch (IOException unreadable) {
      return "process unknown: " + file + " cannot be read";
    }
  }

  @Override
  public void close() throws IOException {
    held.close();
  }

  /** The channel stays open for as long as the lock is held: closing it gives the lock back. */
  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MisconfiguredException unusable(KnightHome home, IOException cause) {
    return new MisconfiguredException(
        "%s cannot be used: check that it is yours and that its disk has room"
            .formatted(home.root()),
        cause);
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }
}
