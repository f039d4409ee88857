package dev.knight.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.job.MisconfiguredException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.WriteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who saves what was committed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EngineTest {
  @TempDir Path home;
  private final JdbcDataSource database = new JdbcDataSource();
  private Connection connection;
  private MVStore store;
  private Runnable save;

  @BeforeEach
  void a_table_whose_saves_are_taken() throws Exception {
    database.setUrl(StoreUrl.of(home, Optional.empty()));
    connection = database.getConnection();
    execute("create table entry (id bigint not null primary key)");
    SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    store = session.getDatabase().getStore().getMvStore();
    save = Engine.of(connection).takeSaves();
  }

  @AfterEach
  void close() throws Exception {
    if (!store.isClosed()) {
      execute("shutdown immediately");
    }
  }

  @Test
  void what_is_committed_waits_for_the_save() throws Exception {
    execute("insert into entry values (1)");
    assertThat(store.hasUnsavedChanges()).isTrue();

    save.run();

    assertThat(store.hasUnsavedChanges()).isFalse();
  }

  /** The pool opens one where two threads ask at once. */
  @Test
  void it_does_so_too_after_another_connection_was_opened() throws Exception {
    try (Connection another = database.getConnection()) {
      assertThat(another.isValid(0)).isTrue();
      save.run();

      execute("insert into entry values (1)");

      assertThat(store.hasUnsavedChanges()).isTrue();
    }
  }

  @Test
  void what_is_committed_in_a_store_that_has_closed_is_not_taken_for_saved() throws Exception {
    AtomicInteger deaths = new AtomicInteger();
    StoreWatch watch = new StoreWatch(deaths::incrementAndGet);
    Ledger ledger = new Ledger(watch, new Connections(watch, database));
    ledger.savesBy(() -> {
      store.closeImmediately();
      save.run();
    });

    assertThatExceptionOfType(MisconfiguredException.class)
        .isThrownBy(
            () -> ledger.write(() -> new Sql(ledger).change("insert into entry values (1)")))
        .withCauseInstanceOf(MVStoreException.class);
    assertThat(ledger.saved()).isZero();
    assertThat(deaths).hasValue(1);
  }

  @Test
  void what_it_writes_with_is_small_again_after_much_was_written_at_once() throws Exception {
    execute("create table text (id bigint not null primary key, text varchar(100000) not null)");
    execute("insert into text select x, repeat('much', 20000) from system_range(1, 30)");
    save.run();
    assertThat(buffer()).isGreaterThan(2 << 20);
    execute("delete from text where id > 1");
    save.run();

    Engine.of(connection).compact(1_000);

    assertThat(buffer()).isEqualTo(1 << 20);
  }

  private int buffer() {
    WriteBuffer buffer = store.getFileStore().getWriteBuffer();
    store.getFileStore().releaseWriteBuffer(buffer);
    return buffer.capacity();
  }

  private void execute(String command) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }
}
