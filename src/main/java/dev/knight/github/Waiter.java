package dev.knight.github;

import java.time.Duration;

/** Lets time pass: between two writes, and until GitHub's lists have caught up. */
@FunctionalInterface
public interface Waiter {
  /** The one that sleeps. */
  Waiter SLEEPING = Thread::sleep;

  /** Returns once {@code duration} has passed. */
  void await(Duration duration) throws InterruptedException;
}
