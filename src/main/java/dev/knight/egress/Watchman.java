package dev.knight.egress;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Ends a connection on which nothing happens in time. */
final class Watchman implements AutoCloseable {
  private final Runnable ending;
  private final long end;
  private final Thread thread;
  private volatile long due;
  private volatile boolean over;

  /**
   * Watches from now on.
   *
   * @param ending ends what is watched; it may run while that ends by itself
   * @param first how long the first thing may take
   * @param whole how long all of it may
   */
  Watchman(Runnable ending, Duration first, Duration whole) {
    this.ending = ending;
    this.end = System.nanoTime() + whole.toNanos();
    this.due = within(first);
    this.thread = Thread.ofVirtual().name("egress-watch").start(this::watch);
  }

  /** From now on the next thing may take {@code time}. */
  void allow(Duration time) {
    long next = within(time);
    boolean sooner = next - due < 0;
    due = next;
    if (sooner) {
      LockSupport.unpark(thread);
    }
  }

  private long within(Duration time) {
    long next = System.nanoTime() + time.toNanos();
    return next - end < 0 ? next : end;
  }

  private void watch() {
    long left = due - System.nanoTime();
    while (!over && left > 0) {
      LockSupport.parkNanos(this, left);
      left = due - System.nanoTime();
    }
    if (!over) {
      ending.run();
    }
  }

  /** Lets it be. */
  @Override
  public void close() {
    over = true;
    LockSupport.unpark(thread);
  }
}
