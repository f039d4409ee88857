package dev.knight.bridge;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says "this bridge lives" without a clock: the kernel lets go of it when the process ends. */
public final class BridgeLock implements Closeable {
  private static final String FILE = "lock";

  private final FileChannel channel;

  private BridgeLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Whether a bridge lives in {@code bridge}, a bridge's directory.
   *
   * <p>Looks by a shared lock, so that two who look do not see each other.
   */
  public static boolean isHeld(Path bridge) throws IOException {
    Path file = bridge.resolve(FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return isHeld(channel);
    }
  }

  private static boolean isHeld(FileChannel channel) throws IOException {
    try (FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock == null;
    } catch (OverlappingFileLockException _) {
      return true; // by this very process
    }
  }

  /** The process that holds it, or held it last; empty when there was none or it is gone. */
  public static Optional<ProcessHandle> holder(Path bridge) throws IOException {
    Path file = bridge.resolve(FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    String pid = Files.readString(file).strip();
    return pid.matches("[0-9]{1,18}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
  }

  /** Takes it and writes this process's number into it; empty when another one holds it. */
  static Optional<BridgeLock> take(Path bridge) throws IOException {
    FileChannel channel =
        FileChannel.open(bridge.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
    return Optional.of(new BridgeLock(channel));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
