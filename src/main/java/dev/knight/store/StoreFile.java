package dev.knight.store;

import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** The file under the database, which H2 leaves in the kernel's memory unless it is told. */
@Singleton
final class StoreFile {
  private final Ledger ledger;
  private final AgroalDataSource database;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final AtomicLong asked = new AtomicLong();
  private long served;

  StoreFile(Ledger ledger, AgroalDataSource database) {
    this.ledger = ledger;
    this.database = database;
  }

  /**
   * Returns when everything that this thread committed before is on the disk and survives a power
   * cut. Threads that ask while another one is served share the next sync.
   */
  void sync() {
    long mine = asked.incrementAndGet();
    turn.lock();
    try {
      if (served < mine) {
        long all = asked.get();
        execute("checkpoint sync");
        served = all;
      }
    } finally {
      turn.unlock();
    }
  }

  /**
   * Lets H2 tidy and close the file as soon as the last connection is given up, which is the end of
   * the pool. A {@code shutdown} here would leave the pool with broken connections.
   */
  void closeAtTheEnd() {
    execute("set db_close_delay 0");
  }

  private void execute(String command) {
    ledger.alone(() -> {
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement()) {
        return statement.execute(command);
      } catch (SQLException failure) {
        throw new IllegalStateException("The store did not " + command, failure);
      }
    });
  }
}
