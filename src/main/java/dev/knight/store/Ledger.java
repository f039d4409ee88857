package dev.knight.store;

import dev.knight.job.JobChanges;
import dev.knight.job.JobId;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The one door to the database. A process has one writer at a time, first come, first served: the
 * lock is taken before BEGIN and released after COMMIT, because H2 saves its tables one after
 * another and a {@code kill -9} during a save would tear what somebody else writes meanwhile.
 *
 * <p>Work done here is short: never a call to git, to GitHub or to a person.
 */
@Singleton
final class Ledger implements Session {
  private final ScopedValue<Connection> transaction = ScopedValue.newInstance();
  private final ReentrantLock writer = new ReentrantLock(true);
  private final AtomicLong begun = new AtomicLong();
  private final StoreWatch watch;
  private final DataSource database;
  private final JobChanges changes = new JobChanges();
  private final ReentrantLock count = new ReentrantLock();
  private final Condition counted = count.newCondition();

  /** Changed only under the count. */
  private volatile long ended;

  /** Whose rows the writer has written; only whoever has the lock looks at it. */
  private final Set<JobId> touched = new LinkedHashSet<>();

  Ledger(StoreWatch watch, DataSource database) {
    this.watch = watch;
    this.database = database;
  }

  /**
   * Does {@code work} in a write transaction of its own, or in the one that this thread is in
   * already. When it returns, what was written survives the death of the process.
   */
  <T> T write(Supplier<T> work) {
    return isWriting() && transaction.isBound() ? work.get() : alone(() -> committed(work));
  }

  /** How many writes have begun. Whoever can read what a write wrote finds it counted here. */
  long begun() {
    return begun.get();
  }

  /** How many writes have ended: what one of them wrote can be read. A sync is none. */
  long ended() {
    return ended;
  }

  /** The same, once the write with that number is counted, which is under way or over. */
  long ended(long write) {
    if (isWriting()) {
      throw new IllegalStateException("A writer would wait for its own end");
    }
    count.lock();
    try {
      while (ended < write) {
        counted.awaitUninterruptibly();
      }
      return ended;
    } finally {
      count.unlock();
    }
  }

  /** Does {@code work} on the file beneath, beside whoever writes. */
  <T> T beside(Supplier<T> work) {
    return StoreFailure.explained(work, watch);
  }

  /**
   * Does {@code work}, which only reads, or in the transaction that this thread is in already. It
   * waits for no writer, and each of its questions is answered as of when it was asked.
   */
  <T> T read(Supplier<T> work) {
    return StoreFailure.explained(() -> transaction.isBound() ? work.get() : asked(work), watch);
  }

  /** Does {@code work}, which brings its own connection, while nobody else writes. */
  <T> T alone(Supplier<T> work) {
    T result;
    List<JobId> written;
    writer.lock();
    try {
      begun.incrementAndGet();
      touched.clear();
      result = StoreFailure.explained(work, watch);
      written = List.copyOf(touched);
    } finally {
      if (writer.getHoldCount() == 1) {
        end();
      }
      writer.unlock();
    }
    if (!written.isEmpty()) {
      changes.tell(written);
    }
    return result;
  }

  private <T> T asked(Supplier<T> work) {
    try (Connection connection = database.getConnection()) {
      return on(connection, work);
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  private <T> T committed(Supplier<T> work) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = on(connection, work);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException | Error failure) {
        undo(connection, failure);
        throw failure;
      }
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  private <T> T on(Connection connection, Supplier<T> work) {
    return ScopedValue.where(transaction, connection).call(work::get);
  }

  private static void undo(Connection connection, Throwable failure) {
    try {
      connection.rollback();
    } catch (SQLException second) {
      failure.addSuppressed(second);
    }
  }

  private static IllegalStateException failed(SQLException failure) {
    return new IllegalStateException("The store did not do what it was told", failure);
  }

  private void end() {
    count.lock();
    try {
      ended = begun.get();
      counted.signalAll();
    } finally {
      count.unlock();
    }
  }

  @Override
  public Connection connection() {
    return transaction.orElseThrow(
        () -> new IllegalStateException("Nobody asks the store outside of Ledger.read"));
  }

  @Override
  public void touched(JobId job) {
    touched.add(job);
  }

  /** Which jobs the transactions of this process write. */
  JobChanges changes() {
    return changes;
  }

  @Override
  public boolean isWriting() {
    return writer.isHeldByCurrentThread();
  }
}
