package dev.knight.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * An empty directory that is to get files. What fails for one leaves the others alone.
 *
 * @param index where what git's own index would say of them is to be
 * @param made when the directory was
 * @param end of the writing, good or bad
 * @param underWay held, to read, by each part that is written
 */
record Destination(
    Path directory,
    Path index,
    FileTime made,
    CompletableFuture<Boolean> end,
    ReadWriteLock underWay) {
  static Destination of(Path directory, Path index) throws IOException {
    FileTime made = Files.getLastModifiedTime(directory);
    return new Destination(
        directory, index, made, new CompletableFuture<>(), new ReentrantReadWriteLock());
  }

  /** A part of the writing. */
  @FunctionalInterface
  interface Part {
    void run() throws IOException;
  }

  /** Does {@code part}, unless an earlier one has failed. */
  void write(Part part) {
    underWay.readLock().lock();
    try {
      if (!hasEnded()) {
        part.run();
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    } finally {
      underWay.readLock().unlock();
    }
  }

  /** Whether nothing more is written there: it has all, or something has failed. */
  boolean hasEnded() {
    return end.isDone();
  }

  /** All has been written. */
  void finish() {
    end.complete(true);
  }

  /** It does not get its files, because of {@code cause}. */
  void fail(Throwable cause) {
    end.completeExceptionally(cause);
  }

  /**
   * Returns when it has all of its files, or throws why it does not get them. Either way nothing is
   * written there any more: who waited may delete it, and make another one of its name.
   */
  void await() throws IOException {
    try {
      end.get();
    } catch (ExecutionException failed) {
      throw DiskWork.rethrown(failed);
    } catch (InterruptedException ended) {
      fail(ended);
      throw DiskWork.ended(ended);
    } finally {
      settle();
    }
  }

  private void settle() {
    underWay.writeLock().lock();
    try {
      // Now no part is under way, and none begins any more.
    } finally {
      underWay.writeLock().unlock();
    }
  }
}
