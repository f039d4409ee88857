package dev.knight;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/**
 * The exit code of work that a signal ends is the work's own if it ended in order, and not the
 * number of the signal.
 */
final class OrderlyEnd {
  /** Longer than everything that the end of a service waits for. */
  private static final int PATIENCE_SECONDS = 60;

  private OrderlyEnd() {}

  /** Does {@code work} and returns its exit code. */
  static int of(IntSupplier work) {
    CompletableFuture<Optional<Integer>> end = new CompletableFuture<>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> halt(end), "orderly-end"));
    try {
      int code = work.getAsInt();
      end.complete(Optional.of(code));
      return code;
    } finally {
      end.complete(Optional.empty());
    }
  }

  private static void halt(CompletableFuture<Optional<Integer>> end) {
    try {
      end.get(PATIENCE_SECONDS, TimeUnit.SECONDS).ifPresent(Runtime.getRuntime()::halt);
    } catch (ExecutionException | TimeoutException _) {
      return; // the signal's number says it
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
