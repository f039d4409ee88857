package dev.knight.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.Index;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.WriteBuffer;
import org.h2.table.Table;
import org.h2.table.TableType;

/**
 * What H2 does only when it is asked from inside. Nothing of this is promised to stay, which is why
 * the version of H2 is pinned.
 */
final class Engine {
  /** As a new one of H2's is. */
  private static final int USUAL_BUFFER = 1 << 20;

  private final SessionLocal session;

  private Engine(SessionLocal session) {
    this.session = session;
  }

  /** The engine under {@code connection}. */
  static Engine of(Connection connection) throws SQLException {
    return new Engine((SessionLocal) connection.unwrap(JdbcConnection.class).getSession());
  }

  /** How long the store's file is, in bytes; 0 if the store is not in a file. */
  long size() {
    return store().isPersistent() ? store().getFileStore().size() : 0;
  }

  /** How much of it is of the present, in bytes, as the pages that nobody needs any more tell. */
  long living() {
    FileStore<?> file = store().getFileStore();
    return file == null ? 0 : size() * file.getFillRate() / 100 * file.getChunksFillRate() / 100;
  }

  /** The store's file, with its ending. */
  Path file() {
    return Path.of(store().getFileStore().getFileName());
  }

  /**
   * Has H2 leave its saves to the caller: what is returned saves all that was committed, in one
   * piece, or throws. Nobody may write meanwhile.
   */
  Runnable takeSaves() {
    MVStore store = store();
    leaveSaves(store);
    return () -> {
      leaveSaves(store);
      store.commit();
      // H2 has closed it if it ran out of memory, and then saves nothing without a word.
      if (store.isClosed()) {
        throw new MVStoreException(DataUtils.ERROR_CLOSED, "What was committed is not saved");
      }
    };
  }

  /**
   * Neither at each commit, as with 0, nor now and then by a thread of its own, as above it. To be
   * told again: each new connection sets what its address says.
   */
  private static void leaveSaves(MVStore store) {
    store.setAutoCommitDelay(-1);
  }

  /**
   * Returns when all that was ever written to the file is on the disk. Others may write meanwhile.
   */
  void sync() {
    store().sync();
  }

  /** Gives back what the file holds of what was changed or deleted since. Nobody may write now. */
  void compact(int milliseconds) {
    int retention = store().getRetentionTime();
    store().compactFile(milliseconds);
    // H2 has set it to nothing: what the disk may not have yet would be written over from now on.
    store().setRetentionTime(retention);
    forgetLargeBuffers();
  }

  /**
   * What it writes with, one at a time, is as large now as what was just written in one piece, and
   * would stay so.
   */
  private void forgetLargeBuffers() {
    FileStore<?> file = store().getFileStore();
    WriteBuffer buffer = file.getWriteBuffer();
    while (buffer.capacity() > USUAL_BUFFER) {
      buffer = file.getWriteBuffer();
    }
    file.releaseWriteBuffer(buffer);
  }

  /** Reads every table by each of its indexes: what is wrong, if they tell of different rows. */
  Optional<String> disagreement() {
    try {
      return session.getDatabase().getAllTablesAndViews().stream()
          .filter(table -> table.getTableType() == TableType.TABLE)
          .flatMap(table -> disagreement(table).stream())
          .findFirst();
    } catch (MVStoreException | DbException unreadable) {
      return Optional.of("it cannot be read to its end (%s)".formatted(unreadable.getMessage()));
    }
  }

  private Optional<String> disagreement(Table table) {
    Rows rows = rows(table.getScanIndex(session));
    return table.getIndexes().stream()
        .filter(index -> !rows(index).agree(rows))
        .map(index ->
            "table %s has %d rows, and its index %s tells of %d, or of others"
                .formatted(table.getName(), rows.count(), index.getName(), rows(index).count()))
        .findFirst();
  }

  private Rows rows(Index index) {
    long count = 0;
    long keys = 0;
    Cursor cursor = index.find(session, null, null, false);
    while (cursor.next()) {
      count++;
      keys += scattered(cursor.getSearchRow().getKey());
    }
    return new Rows(count, keys);
  }

  /** So that the sum of two keys is not the sum of two others. */
  private static long scattered(long key) {
    long mixed = (key ^ key >>> 31) * 0x9E3779B97F4A7C15L;
    return (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L;
  }

  private MVStore store() {
    return session.getDatabase().getStore().getMvStore();
  }

  /** The rows of a table as one of its indexes tells them; {@code keys} is a sum over them. */
  private record Rows(long count, long keys) {
    /** As {@code equals} would, which a JVM makes anew at each start, for each record. */
    boolean agree(Rows other) {
      return count == other.count && keys == other.keys;
    }
  }
}
