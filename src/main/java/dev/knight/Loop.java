package dev.knight;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * What the service does again and again: each round on a thread of its own, and none while the last
 * one goes on. A round that fails is told in the log, and does not keep the next from being tried.
 */
final class Loop {
  private static final Logger LOG = Logger.getLogger(Loop.class);

  private final String name;
  private final Runnable round;
  private final Executor threads;
  private final AtomicInteger asked = new AtomicInteger();
  private final ReentrantLock goingOn = new ReentrantLock();
  private volatile boolean ended;

  Loop(String name, Runnable round) {
    this(name, round, Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false)::start);
  }

  /** Each round is one that {@code threads} runs. */
  Loop(String name, Runnable round, Executor threads) {
    this.name = name;
    this.round = round;
    this.threads = threads;
  }

  /** Begins a round, unless one is under way. Returns at once. */
  void tick() {
    if (!ended && asked.compareAndSet(0, 1)) {
      threads.execute(this::run);
    }
  }

  /** Begins a round, or another one after that which is under way. Returns at once. */
  void wake() {
    if (!ended && asked.getAndIncrement() == 0) {
      threads.execute(this::run);
    }
  }

  /** Begins no round any more, and waits {@code patience} at most for that which is under way. */
  void end(Duration patience) {
    ended = true;
    try {
      if (goingOn.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        goingOn.unlock();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    goingOn.lock();
    try {
      int answered;
      do {
        answered = asked.get();
        oneRound();
      } while (!asked.compareAndSet(answered, 0));
    } finally {
      goingOn.unlock();
    }
  }

  private void oneRound() {
    try {
      if (!ended) {
        round.run();
      }
    } catch (RuntimeException failure) {
      if (ended) {
        LOG.debugf(failure, "loop=%s A round was cut off by the end", name);
      } else {
        LOG.errorf(failure, "loop=%s A round failed; the next is tried", name);
      }
    }
  }
}
