package dev.knight.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreFileTest {
  private static final int WRITES = 5_000;
  private static final long SMALL = 512 << 10;

  @TempDir Path home;
  private final JdbcDataSource database = new JdbcDataSource();
  private final StoreWatch watch = new StoreWatch(() -> {});
  private final Connections connections = new Connections(watch, database);
  private final Ledger ledger = new Ledger(watch, connections);
  private StoreFile file;

  @BeforeEach
  void a_table() throws Exception {
    database.setUrl(StoreUrl.of(home, Optional.empty()));
    Files.createDirectories(home.resolve("store"));
    file = new StoreFile(ledger, connections, SMALL);
    execute("create table entry (id bigint not null primary key, text varchar(4000) not null)");
    execute("create index entry_text on entry (text)");
  }

  @AfterEach
  void close() throws Exception {
    execute("shutdown immediately");
  }

  @Test
  void the_file_stays_small_while_it_is_written_and_read() throws Exception {
    long largest = 0;
    try (Connection writer = database.getConnection();
        Connection reader = database.getConnection()) {
      reader.setAutoCommit(false);
      for (int i = 0; i < WRITES; i++) {
        write(writer, i);
        file.grown();
        // A reader may be in the middle of something.
        if (i % 100 == 0) {
          reader.commit();
          assertThat(number(reader, "select count(*) from entry")).isEqualTo(rows(i));
        }
        largest = Math.max(largest, size());
      }
      assertThat(number(reader, "select count(*) from entry")).isEqualTo(rows(WRITES - 1));
      assertThat(Engine.of(writer).disagreement()).isEmpty();
    }

    // A compacted file of one megabyte, eight times as large, and what comes between two looks.
    assertThat(largest).isLessThan(24 << 20);
  }

  @Test
  void the_file_is_small_at_the_end() throws Exception {
    try (Connection writer = database.getConnection()) {
      for (int i = 0; i < 1_000; i++) {
        write(writer, i);
      }
    }
    long before = size();

    file.closeAtTheEnd();

    assertThat(size()).isLessThan(before / 4);
    assertThat(home.resolve("store/knight.mv.db")).isNotEmptyFile();
  }

  @Test
  void what_is_on_the_disk_already_is_not_synced_again() throws Exception {
    file.sync();
    connections.end(); // as each sync needs a connection

    file.sync();

    try (Connection writer = database.getConnection()) {
      write(writer, 1);
    }
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(file::sync);
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(file::sync); // still not
  }

  @Test
  void writers_go_on_while_the_file_is_synced() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection writer = database.getConnection()) {
      List<Future<?>> syncs = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        write(writer, i);
        syncs.add(threads.submit(file::sync));
      }
      for (Future<?> sync : syncs) {
        sync.get(60, TimeUnit.SECONDS);
      }
      assertThat(number(writer, "select count(*) from entry")).isEqualTo(200);
    }
  }

  @Test
  void a_writer_cannot_sync_what_it_has_not_saved() {
    file.sync();

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            ledger.alone(() -> {
              file.sync();
              return true;
            }));
  }

  /** What a power cut leaves may be an older state, whose place is not to be written over. */
  @Test
  void older_states_are_kept_as_long_after_the_file_was_compacted() throws Exception {
    try (Connection writer = database.getConnection()) {
      int before = retention(writer);
      for (int i = 0; size() < 8 * SMALL; i++) {
        write(writer, i);
      }
      file.grown();

      assertThat(size()).isLessThan(4 * SMALL);
      assertThat(retention(writer)).isEqualTo(before).isPositive();
    }
  }

  private static int retention(Connection connection) throws Exception {
    SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    return session.getDatabase().getStore().getMvStore().getRetentionTime();
  }

  /** As many as are kept. */
  private static long rows(int last) {
    return Math.min(last + 1, 500);
  }

  private void write(Connection connection, int number) {
    ledger.alone(() -> {
      try (Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute(
            "insert into entry values (%d, repeat(random_uuid(), 10))".formatted(number));
        statement.execute("delete from entry where id <= " + (number - 500));
        connection.commit();
        return true;
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
    });
  }

  private long size() throws Exception {
    return Files.size(home.resolve("store/knight.mv.db"));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getLong(1);
    }
  }
}
