package dev.knight.store;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The one door to the database. A process has one writer at a time, first come, first served: the
 * lock is taken before BEGIN and released after COMMIT, because H2 saves its tables one after
 * another and a {@code kill -9} during a save would tear what somebody else writes meanwhile.
 *
 * <p>Work done here is short: never a call to git, to GitHub or to a person.
 */
@Singleton
final class Ledger {
  private final ReentrantLock writer = new ReentrantLock(true);
  private final AtomicLong begun = new AtomicLong();
  private final StoreWatch watch;

  Ledger(StoreWatch watch) {
    this.watch = watch;
  }

  /**
   * Does {@code work} in a write transaction of its own, or in the one that this thread is in
   * already. When it returns, what was written survives the death of the process.
   */
  <T> T write(Supplier<T> work) {
    return isWriting()
        ? QuarkusTransaction.joiningExisting().call(work::get)
        : alone(() -> QuarkusTransaction.requiringNew().call(work::get));
  }

  /** How many writes have begun. Whoever can read what a write wrote finds it counted here. */
  long begun() {
    return begun.get();
  }

  /** Does {@code work} in a transaction that only reads; it waits for no writer. */
  <T> T read(Supplier<T> work) {
    return StoreFailure.explained(
        () -> QuarkusTransaction.joiningExisting().call(work::get), watch);
  }

  /** Does {@code work}, which brings its own connection, while nobody else writes. */
  <T> T alone(Supplier<T> work) {
    writer.lock();
    try {
      begun.incrementAndGet();
      return StoreFailure.explained(work, watch);
    } finally {
      writer.unlock();
    }
  }

  /** Whether this thread is the one that may write. */
  boolean isWriting() {
    return writer.isHeldByCurrentThread();
  }
}
