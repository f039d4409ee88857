package dev.knight.git;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.lib.ProgressMonitor;

/** Calls work off once its time is over or its thread is interrupted. JGit asks it often. */
final class Deadline implements ProgressMonitor {
  private final long end;
  private final BooleanSupplier stop;

  /** Ends {@code time} from now, by the clock that nobody sets. */
  Deadline(Duration time) {
    this(time, () -> false);
  }

  /** As above, or when {@code stop} says so. */
  Deadline(Duration time, BooleanSupplier stop) {
    this.end = System.nanoTime() + time.toNanos();
    this.stop = stop;
  }

  /** Whether the time is over. */
  boolean isOver() {
    return System.nanoTime() - end >= 0;
  }

  @Override
  public boolean isCancelled() {
    return isOver() || stop.getAsBoolean() || Thread.currentThread().isInterrupted();
  }

  @Override
  public void start(int tasks) {
    // Nobody watches.
  }

  @Override
  public void beginTask(String title, int work) {
    // Nobody watches.
  }

  @Override
  public void update(int completed) {
    // Nobody watches.
  }

  @Override
  public void endTask() {
    // Nobody watches.
  }

  @Override
  public void showDuration(boolean enabled) {
    // Nobody watches.
  }
}
