package dev.knight;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final AtomicBoolean goesOn = new AtomicBoolean();

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
    if (goesOn.compareAndSet(false, true)) {
      threads.execute(this::run);
    }
  }

  private void run() {
    try {
      round.run();
    } catch (RuntimeException failure) {
      LOG.errorf(failure, "loop=%s A round failed; the next is tried", name);
    } finally {
      goesOn.set(false);
    }
  }
}
