package dev.knight.store;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The file under the database. H2 leaves it in the kernel's memory unless it is told otherwise, and
 * where each commit is written at once it only ever grows.
 */
@Singleton
final class StoreFile {
  /** Between two looks at the size, the file grows by a few megabytes; the first write is one. */
  private static final int WRITES_BETWEEN_LOOKS = 250;

  /** Below this nobody gains from a smaller file. */
  private static final long SMALL = 8L << 20;

  /**
   * To compact is to write all that the store holds anew, while everybody waits; until then H2
   * remembers each save, some 400 bytes of it.
   */
  private static final int GROWTH = 5;

  /** So many times what is small the file has to grow before it is looked through again. */
  private static final int LEAST_GROWTH = 8;

  /**
   * Nearly all is given back at once. H2 would go on for seconds, for a last tenth, and everybody
   * would wait.
   */
  private static final int MOST_MILLISECONDS = 100;

  private final Ledger ledger;
  private final Connections connections;
  private final long small;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final AtomicLong writes = new AtomicLong();

  /** Every write of this process up to this one is on the disk; guarded by the turn. */
  private long synced = -1;

  /**
   * The file's size after it was compacted, which may not have come to its end; the ledger guards
   * it.
   */
  private long left;

  @Inject
  StoreFile(Ledger ledger, Connections connections) {
    this(ledger, connections, SMALL);
  }

  /**
   * @param small the size up to which the file is left as it is
   */
  StoreFile(Ledger ledger, Connections connections, long small) {
    this.ledger = ledger;
    this.connections = connections;
    this.small = small;
  }

  /**
   * Returns when everything that this thread committed before is on the disk and survives a power
   * cut, and so is what it has read. Threads that ask while another one is served share the next
   * sync; where nothing was written since the last one, there is none. Writers do not wait for it.
   */
  void sync() {
    if (ledger.isWriting()) {
      throw new IllegalStateException("What is being written is not saved yet");
    }
    long mine = ledger.saved();
    turn.lock();
    try {
      if (synced < mine) {
        long all = ledger.saved();
        ledger.beside(() -> done(StoreFile::synced));
        synced = all;
      }
    } finally {
      turn.unlock();
    }
  }

  private static boolean synced(Connection connection) throws SQLException {
    Engine.of(connection).sync();
    return true;
  }

  /**
   * To be told after each write. Now and then it looks how large the file has become, and compacts
   * it when most of it is of the past.
   */
  void grown() {
    if (writes.getAndIncrement() % WRITES_BETWEEN_LOOKS == 0 && !ledger.isWriting()) {
      tidy(this::isLarge);
    }
  }

  private boolean isLarge(Engine engine) {
    return engine.size() >= GROWTH * engine.living()
        && engine.size() - left >= LEAST_GROWTH * small;
  }

  /**
   * Leaves a small file, and lets H2 close it as soon as the last connection is closed, which is
   * when the application ends. A {@code shutdown} here would leave broken connections to the rest
   * of it.
   */
  void closeAtTheEnd() {
    tidy(engine -> engine.size() > small);
    ledger.alone(() -> done(connection -> execute(connection, "set db_close_delay 0")));
  }

  /** What is remembered beside the store may never be ahead of it, so the store is synced first. */
  private void tidy(Predicate<Engine> isLarge) {
    Runnable memory = ledger.alone(() -> done(connection -> tidied(connection, isLarge)));
    sync();
    memory.run();
  }

  private Runnable tidied(Connection connection, Predicate<Engine> isLarge) throws SQLException {
    Engine engine = Engine.of(connection);
    if (isLarge.test(engine)) {
      engine.compact(MOST_MILLISECONDS);
      left = engine.size();
    }
    HighWater jobs = HighWater.of(engine.file());
    long highest = HighWater.highest(connection);
    return () -> jobs.note(highest);
  }

  private static boolean execute(Connection connection, String command) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(command);
    }
  }

  private <T> T done(Connections.Work<T, RuntimeException> work) {
    try {
      return connections.use(work);
    } catch (SQLException failure) {
      throw new IllegalStateException("The store did not do what it was told", failure);
    }
  }
}
