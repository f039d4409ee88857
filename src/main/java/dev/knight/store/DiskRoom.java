package dev.knight.store;

import dev.knight.home.KnightHome;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether the disk of knight's home has room for more work. Without it no job is begun, so that
 * those at work can be brought to their end and people can still be told.
 */
@Singleton
final class DiskRoom {
  private static final Logger LOG = Logger.getLogger(DiskRoom.class);

  /** A worktree and a journal of usual size, and the store's growth until somebody looks. */
  private static final long LEAST = 256L << 20;

  private final KnightHome home;
  private final AtomicBoolean full = new AtomicBoolean();

  /** That of the home; only whoever may write the store asks. */
  private @Nullable FileStore disk;

  DiskRoom(KnightHome home) {
    this.home = home;
  }

  /** Says so in the log when the answer is another one than before. */
  boolean isEnough() {
    long free = free();
    boolean isFull = free < LEAST;
    if (full.getAndSet(isFull) != isFull) {
      if (isFull) {
        LOG.errorf(
            "No job is begun, as the disk of %s has %d MB left and %d are needed: make room",
            home.root(), free >> 20, LEAST >> 20);
      } else {
        LOG.infof("Jobs are begun again, as the disk of %s has room", home.root());
      }
    }
    return !isFull;
  }

  private long free() {
    try {
      if (disk == null) {
        disk = Files.getFileStore(home.root()); // looks through all mounts
      }
      return disk.getUsableSpace();
    } catch (IOException unknown) {
      LOG.debugf(unknown, "How much room the disk of %s has is not known", home.root());
      return Long.MAX_VALUE;
    }
  }
}
