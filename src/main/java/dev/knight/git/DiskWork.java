package dev.knight.git;

import dev.knight.job.RefusedException;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A piece of work on knight's own files. Where it fails, nobody outside can help. */
@FunctionalInterface
interface DiskWork<T> {
  T run() throws IOException;

  /**
   * Runs {@code work}.
   *
   * @param aim completes "Cannot ..."
   */
  static <T> T run(String aim, DiskWork<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot %s: %s".formatted(aim, e.getMessage()), e);
    }
  }

  /**
   * Runs {@code work}, which reads what an agent wrote, on a thread of the system's own: a file
   * that turns into a pipe while it is opened holds that thread, and not those that all jobs share.
   *
   * @throws RefusedException if it does not end within {@code limit}
   */
  static <T> T aside(DiskWork<T> work, Duration limit) throws IOException {
    FutureTask<T> task = new FutureTask<>(work::run);
    Thread.ofPlatform().daemon().name("worktree").start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException stuck) {
      throw new RefusedException(
          "The worktree cannot be read to its end, so knight publishes nothing of it.", stuck);
    } catch (ExecutionException failed) {
      throw rethrown(failed);
    } catch (InterruptedException ended) {
      throw ended(ended);
    }
  }

  /** Whoever waited for the work was told to end. */
  static UnavailableException ended(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new UnavailableException("The service is ending.", Optional.empty(), cause);
  }

  /** What the work itself threw. */
  static IOException rethrown(ExecutionException failed) {
    return switch (failed.getCause()) {
      case RuntimeException known -> throw known;
      case IOException known -> known;
      case Error bad -> throw bad;
      case null, default -> new IOException(failed);
    };
  }
}
