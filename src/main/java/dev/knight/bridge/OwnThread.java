package dev.knight.bridge;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Keeps sockets away from virtual threads. Where one touches a socket, junixsocket 2.11 turns it to
 * polling for everybody, from a pool with as many threads as the machine has cores: with that many
 * conversations, nobody hears anything any more.
 */
final class OwnThread {
  private OwnThread() {}

  /** Does {@code work} on a platform thread, and waits for it. */
  static <T> T call(Callable<T> work) throws IOException {
    FutureTask<T> task = new FutureTask<>(work);
    if (Thread.currentThread().isVirtual()) {
      Thread.ofPlatform().daemon().name("socket").start(task);
    } else {
      task.run();
    }
    try {
      return task.get();
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted at a socket", ended);
    }
  }
}
