package dev.knight;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * What the service does again and again, whenever it is due: each round on a thread of its own, and
 * none while the last one goes on. What fails, be it with an error, is told in the log, and keeps
 * neither the next round from being tried nor the others from being ticked.
 */
final class Loop {
  private static final Logger LOG = Logger.getLogger(Loop.class);

  private final String name;
  private final BooleanSupplier due;
  private final Runnable round;
  private final Executor threads;
  private final AtomicInteger asked = new AtomicInteger();
  private final ReentrantLock goingOn = new ReentrantLock();
  private volatile boolean ended;

  /** Does {@code round} at each tick at which it is {@code due}, which is told at once. */
  Loop(String name, BooleanSupplier due, Runnable round) {
    this(
        name,
        due,
        round,
        Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false)::start);
  }

  /** Each round is one that {@code threads} runs. */
  Loop(String name, BooleanSupplier due, Runnable round, Executor threads) {
    this.name = name;
    this.due = due;
    this.round = round;
    this.threads = threads;
  }

  /**
   * Begins a round if one is due and none is under way. Returns at once, and whether there is one.
   */
  boolean tick() {
    if (!ended && asked.get() == 0 && isDue() && asked.compareAndSet(0, 1)) {
      begin();
      return true;
    }
    return asked.get() > 0;
  }

  private boolean isDue() {
    try {
      return due.getAsBoolean();
    } catch (RuntimeException | Error failure) {
      LOG.errorf(failure, "loop=%s Nobody knows whether a round is due; it is asked again", name);
      return false;
    }
  }

  /** Begins a round, due or not, or another one after that which is under way. Returns at once. */
  void wake() {
    if (!ended && asked.getAndIncrement() == 0) {
      begin();
    }
  }

  private void begin() {
    try {
      threads.execute(this::run);
    } catch (RuntimeException | Error failure) {
      // As where the system gives no more threads.
      asked.set(0);
      LOG.errorf(failure, "loop=%s A round could not begin; the next is tried", name);
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
    } catch (RuntimeException | Error failure) {
      if (ended) {
        LOG.debugf(failure, "loop=%s A round was cut off by the end", name);
      } else {
        LOG.errorf(failure, "loop=%s A round failed; the next is tried", name);
      }
    }
  }
}
