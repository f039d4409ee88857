package dev.knight.store;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The connections to the database. One is made where none is spare, and who was given back last
 * goes first: each remembers all that it was ever asked, parsed, so that few should do most. For
 * any thread.
 */
@Singleton
final class Connections {
  /** Who comes while so many are in use waits for one. */
  private static final int MOST = 10;

  private static final int MOST_SPARE = 4;

  private final StoreWatch watch;
  private final DataSource database;
  private final Semaphore room = new Semaphore(MOST, true);
  private final Deque<OpenConnection> spare = new ConcurrentLinkedDeque<>();
  private volatile boolean isOver;

  @Inject
  Connections(StoreWatch watch, @ConfigProperty(name = StoreUrl.PROPERTY) String url) {
    this(watch, at(url));
  }

  /** Those of {@code database}, which nobody has asked yet. */
  Connections(StoreWatch watch, DataSource database) {
    this.watch = watch;
    this.database = database;
  }

  /** What is done on a connection, which is whose it is for as long as that takes. */
  @FunctionalInterface
  interface Work<T, E extends Exception> {
    T on(Connection connection) throws SQLException, E;
  }

  /** Whoever makes connections of his own makes them here. */
  DataSource database() {
    return database;
  }

  /** The same where much is said that was said before. */
  @FunctionalInterface
  interface OpenWork<T, E extends Exception> {
    T on(OpenConnection connection) throws SQLException, E;
  }

  /**
   * Does {@code work} on one that commits by itself. One on which it fails is closed, and with it
   * is undone what was not committed.
   */
  <T, E extends Exception> T use(Work<T, E> work) throws SQLException, E {
    return open(open -> work.on(open.connection()));
  }

  /** The same, on one that has not forgotten what was said on it. */
  <T, E extends Exception> T open(OpenWork<T, E> work) throws SQLException, E {
    room.acquireUninterruptibly();
    try {
      return use(taken(), work);
    } finally {
      room.release();
    }
  }

  private <T, E extends Exception> T use(OpenConnection connection, OpenWork<T, E> work)
      throws SQLException, E {
    try {
      T result = work.on(connection);
      connection.commit();
      giveBack(connection);
      return result;
    } catch (Throwable failure) {
      close(connection, failure);
      throw failure;
    }
  }

  private OpenConnection taken() throws SQLException {
    if (isOver) {
      // H2 would open the file anew, and leave it open.
      throw new SQLException("The store is closed");
    }
    OpenConnection last = spare.pollFirst();
    return last == null ? made() : last;
  }

  private OpenConnection made() throws SQLException {
    if (watch.death().isPresent()) {
      // H2 would open the file once more, and write to it beside the one that is dead.
      throw new SQLException("The store is dead", null, ErrorCode.DATABASE_IS_CLOSED);
    }
    return new OpenConnection(database.getConnection());
  }

  private void giveBack(OpenConnection connection) throws SQLException {
    if (spare.size() >= MOST_SPARE) {
      connection.close();
    } else {
      spare.addFirst(connection);
    }
    if (isOver) {
      end(); // nobody else looks there any more
    }
  }

  private static void close(OpenConnection connection, Throwable failure) {
    try {
      connection.close();
    } catch (SQLException second) {
      failure.addSuppressed(second);
    }
  }

  /**
   * Closes those that nobody uses; the others are closed when they are given back. There are no new
   * ones any more.
   */
  @PreDestroy
  void end() throws SQLException {
    isOver = true;
    for (OpenConnection last = spare.pollFirst(); last != null; last = spare.pollFirst()) {
      last.close();
    }
  }

  private static DataSource at(String url) {
    JdbcDataSource database = new JdbcDataSource();
    database.setUrl(url);
    return database;
  }
}
