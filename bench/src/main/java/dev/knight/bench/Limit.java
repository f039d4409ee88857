package dev.knight.bench;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * How long one thing may take. What hangs is ended, with every process that it has started.
 *
 * @param most how long it may take
 */
record Limit(Duration most) {
  /** Whoever was waiting for a process that was ended sees that at once. */
  private static final Duration TO_CLEAR_UP = Duration.ofMinutes(1);

  /**
   * Does it, and returns what came of it.
   *
   * @throws IllegalStateException when it took too long
   */
  <T> T on(Callable<T> work) throws Exception {
    Set<ProcessHandle> others = processes();
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = Thread.ofPlatform().daemon().start(task);
    try {
      return task.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    } catch (TimeoutException late) {
      Set<ProcessHandle> own = processes();
      own.removeAll(others);
      own.forEach(ProcessHandle::destroyForcibly);
      task.cancel(true);
      thread.join(TO_CLEAR_UP);
      throw new IllegalStateException("It took more than %s".formatted(most), late);
    }
  }

  private static Set<ProcessHandle> processes() {
    return ProcessHandle.current().descendants().collect(Collectors.toSet());
  }
}
