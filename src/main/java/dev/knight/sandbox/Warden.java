package dev.knight.sandbox;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Starts processes from threads that stay as long as these do: the kernel ends a jail together with
 * the thread that started it.
 */
public final class Warden {
  private Warden() {}

  /** Starts what {@code builder} says, whatever thread asks for it. */
  public static Process start(ProcessBuilder builder) throws IOException {
    CompletableFuture<Process> started = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("warden").start(() -> watch(builder, started));
    try {
      return started.join();
    } catch (CompletionException failed) {
      throw new IOException("A process cannot be started: " + failed.getMessage(), failed);
    }
  }

  private static void watch(ProcessBuilder builder, CompletableFuture<Process> started) {
    try {
      Process process = builder.start();
      started.complete(process);
      process.waitFor();
    } catch (IOException | RuntimeException | OutOfMemoryError failed) {
      // The last is also what Java throws when the system gives it no more threads.
      started.completeExceptionally(failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
