package dev.knight.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The cores that nobody works on: who is alone gets help from all of them, and who is one of many
 * works alone until one of the others is done. For any thread.
 */
final class SpareCores {
  private final Semaphore spare;

  /**
   * @param cores of the machine
   */
  SpareCores(int cores) {
    this.spare = new Semaphore(cores - 1);
  }

  /** One of the parts of a work that can be done in any order, and at the same time. */
  @FunctionalInterface
  interface Part {
    void run(int number) throws IOException;
  }

  /** Who does it takes the next part that nobody has begun. */
  private record Shared(int count, Part part, AtomicInteger begun) {
    int left() {
      return count - begun.get();
    }

    boolean next() throws IOException {
      int number = begun.getAndIncrement();
      if (number >= count) {
        return false;
      }
      try {
        part.run(number);
        return true;
      } catch (IOException | RuntimeException | Error e) {
        begun.set(count);
        throw e;
      }
    }
  }

  /**
   * Does parts 0 to {@code count} - 1 of a work, each once, on this thread and on every core that
   * is spare meanwhile; ends when all are done, or where one fails, when those that were begun are.
   */
  void share(int count, Part part) throws IOException {
    if (count == 0) {
      return; // and no threads are got ready
    }
    Shared shared = new Shared(count, part, new AtomicInteger());
    List<Future<?>> helpers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      do {
        while (shared.left() > 1 && spare.tryAcquire()) {
          helpers.add(threads.submit(() -> help(shared)));
        }
      } while (shared.next());
      for (Future<?> helper : helpers) {
        join(helper);
      }
    }
  }

  private boolean help(Shared shared) throws IOException {
    try {
      while (shared.next()) {
        // until nothing is left
      }
      return true;
    } finally {
      spare.release();
    }
  }

  private static void join(Future<?> helper) throws IOException {
    try {
      helper.get();
    } catch (ExecutionException failed) {
      throw DiskWork.rethrown(failed);
    } catch (InterruptedException ended) {
      throw DiskWork.ended(ended);
    }
  }
}
