package dev.knight.git;

import java.time.Duration;
import org.eclipse.jgit.lib.ProgressMonitor;

/** Calls work off once its time is over or its thread is interrupted. JGit asks it often. */
final class Deadline implements ProgressMonitor {
  private final long end;

  /** Ends {@code time} from now, by the clock that nobody sets. */
  Deadline(Duration time) {
    end = System.nanoTime() + time.toNanos();
  }

  /** Whether the time is over. */
  boolean isOver() {
    return System.nanoTime() - end >= 0;
  }

  @Override
  public boolean isCancelled() {
    return isOver() || Thread.currentThread().isInterrupted();
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
