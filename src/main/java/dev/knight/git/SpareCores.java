package dev.knight.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * The cores that nobody works on: who is alone gets help from all of them, and who is one of many
 * works alone. For any thread.
 */
final class SpareCores {
  private final Semaphore spare;

  /**
   * @param cores of the machine
   */
  SpareCores(int cores) {
    this.spare = new Semaphore(cores - 1);
  }

  /**
   * Does {@code work} on this thread, and at the same time on up to {@code most} others; ends when
   * all have ended. Each takes its share of one thing, so that it is done when they have.
   */
  void help(int most, DiskWork<?> work) throws IOException {
    int helpers = taken(most);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> others = new ArrayList<>();
      for (int i = 0; i < helpers; i++) {
        others.add(threads.submit(() -> work.run()));
      }
      work.run();
      for (Future<?> other : others) {
        join(other);
      }
    } finally {
      spare.release(helpers);
    }
  }

  private int taken(int most) {
    int helpers = 0;
    while (helpers < most && spare.tryAcquire()) {
      helpers++;
    }
    return helpers;
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
