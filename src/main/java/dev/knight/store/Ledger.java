package dev.knight.store;

import dev.knight.job.JobChanges;
import dev.knight.job.JobId;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The one door to the database. A process has one writer at a time, first come, first served: the
 * lock is taken before BEGIN and released after COMMIT, because H2 saves its tables one after
 * another and a {@code kill -9} during a save would tear what somebody else writes meanwhile.
 *
 * <p>Who has committed leaves the save to the next who waits for the lock, and the last of them
 * saves for all before it lets go. Until then nobody acts on what was committed: those who wrote
 * wait for the save, and so do those who may have read it.
 *
 * <p>Work done here is short: never a call to git, to GitHub or to a person.
 */
@Singleton
final class Ledger implements Session {
  /** Where there is always somebody next, so many are saved together. */
  private static final long MOST_TOGETHER = 32;

  private final ScopedValue<OpenConnection> transaction = ScopedValue.newInstance();
  private final ReentrantLock writer = new ReentrantLock(true);
  private final Saves saves = new Saves();
  private final StoreWatch watch;
  private final Connections connections;
  private final JobChanges changes = new JobChanges();

  /** Whose rows the writer has written; only whoever has the lock looks at it. */
  private final Set<JobId> touched = new LinkedHashSet<>();

  Ledger(StoreWatch watch, Connections connections) {
    this.watch = watch;
    this.connections = connections;
  }

  /** From now on the database saves what is committed when it is told to by {@code save}. */
  void savesBy(Runnable save) {
    saves.by(save);
  }

  /**
   * Does {@code work} in a write transaction of its own, or in the one that this thread is in
   * already. When the outermost returns, what was written survives the death of the process.
   */
  <T> T write(Supplier<T> work) {
    return isWriting() && transaction.isBound() ? work.get() : inTurn(() -> committed(work));
  }

  /**
   * How many writes survive the death of the process. What a thread has written or read here is
   * among them. A sync is none.
   */
  long saved() {
    return saves.saved();
  }

  /** Does {@code work} on the file beneath, beside whoever writes. */
  <T> T beside(Supplier<T> work) {
    return StoreFailure.explained(work, watch);
  }

  /**
   * Does {@code work}, which only reads, or in the transaction that this thread is in already. It
   * waits for nobody who is still at work, and each of its questions is answered as of when it was
   * asked. What it returns survives the death of the process, unless this thread itself has just
   * written it.
   */
  <T> T read(Supplier<T> work) {
    T result =
        StoreFailure.explained(() -> transaction.isBound() ? work.get() : asked(work), watch);
    awaitSave(saves.committed());
    return result;
  }

  /**
   * Does {@code work}, which brings its own connection and may take a while, when all that was
   * committed is saved; nobody else writes meanwhile.
   */
  <T> T alone(Supplier<T> work) {
    return inTurn(() -> {
      if (saves.pending() > 0) {
        saves.save();
      }
      try {
        return work.get();
      } finally {
        saves.committing();
      }
    });
  }

  private <T> T inTurn(Supplier<T> work) {
    T result;
    List<JobId> written;
    long mine;
    writer.lock();
    try {
      touched.clear();
      result = StoreFailure.explained(work, watch);
      written = List.copyOf(touched);
      mine = saves.committed();
    } finally {
      leave();
    }
    awaitSave(mine);
    if (!written.isEmpty()) {
      changes.tell(written);
    }
    return result;
  }

  private void leave() {
    try {
      if (writer.getHoldCount() == 1 && isToSave()) {
        explained(saves::save);
      }
    } finally {
      writer.unlock();
    }
  }

  /** Nobody who waits for the lock gives up: whoever is next will leave, too. */
  private boolean isToSave() {
    long pending = saves.pending();
    return pending >= MOST_TOGETHER || (pending > 0 && !writer.hasQueuedThreads());
  }

  /** The writer itself saves when it leaves. */
  private void awaitSave(long write) {
    if (!isWriting()) {
      explained(() -> saves.await(write));
    }
  }

  private void explained(Runnable save) {
    StoreFailure.explained(
        () -> {
          save.run();
          return true;
        },
        watch);
  }

  private <T> T asked(Supplier<T> work) {
    try {
      return connections.open(connection -> on(connection, work));
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  private <T> T committed(Supplier<T> work) {
    try {
      return connections.open(connection -> {
        connection.begin();
        T result = on(connection, work);
        saves.committing(); // before anybody can read it
        connection.commit();
        return result;
      });
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  private <T> T on(OpenConnection connection, Supplier<T> work) {
    return ScopedValue.where(transaction, connection).call(work::get);
  }

  private static IllegalStateException failed(SQLException failure) {
    return new IllegalStateException("The store did not do what it was told", failure);
  }

  @Override
  public PreparedStatement prepared(String text) throws SQLException {
    return transaction
        .orElseThrow(
            () -> new IllegalStateException("Nobody asks the store outside of Ledger.read"))
        .prepared(text);
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
