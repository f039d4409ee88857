package dev.knight.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.job.MisconfiguredException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConnectionsTest {
  private static final int MANY = 30;

  @TempDir Path home;
  private final StoreWatch watch = new StoreWatch(() -> {});
  private Connections connections;

  @BeforeEach
  void a_table() throws SQLException {
    connections = new Connections(watch, StoreUrl.of(home, Optional.empty()));
    connections.use(connection -> execute(connection, "create table entry (id bigint)"));
  }

  @AfterEach
  void close() throws SQLException {
    connections.end();
    try (Connection last = connections.database().getConnection()) {
      execute(last, "shutdown immediately");
    }
  }

  @Test
  void who_was_given_back_last_goes_first() throws SQLException {
    Connection one = connections.use(connection -> connection);

    assertThat(connections.<Connection, RuntimeException>use(again -> again)).isSameAs(one);
  }

  @Test
  void what_is_said_again_is_not_parsed_again() throws SQLException {
    PreparedStatement first = connections.open(one -> one.prepared("select 1"));

    PreparedStatement again = connections.open(one -> one.prepared("select 1"));

    assertThat(again).isSameAs(first);
  }

  @Test
  void what_was_not_said_for_long_is_forgotten() throws SQLException {
    PreparedStatement seldom = connections.open(one -> one.prepared("select 0"));
    PreparedStatement often =
        connections.open(one -> {
          for (int i = 1; i <= 1_000; i++) {
            one.prepared("select " + i);
            one.prepared("select 1");
          }
          return one.prepared("select 1");
        });

    assertThat(seldom.isClosed()).isTrue();
    assertThat(often.isClosed()).isFalse();
  }

  /** H2 would open its file once more, and what was told to have failed could come true. */
  @Test
  void there_is_no_new_one_of_a_store_that_is_dead() {
    watch.died(new MisconfiguredException("Its disk is full"));

    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> connections.use(one -> connections.use(Connection::getAutoCommit)))
        .withMessage("The store is dead");
  }

  @Test
  void each_commits_by_itself_whatever_the_last_did_with_it() throws SQLException {
    connections.use(connection -> {
      connection.setAutoCommit(false);
      return connection;
    });

    assertThat(connections.<Boolean, RuntimeException>use(Connection::getAutoCommit)).isTrue();
  }

  @Test
  void what_was_not_committed_where_work_failed_is_undone() throws SQLException {
    IllegalStateException wrong = new IllegalStateException("wrong");

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            connections.use(connection -> {
              connection.setAutoCommit(false);
              execute(connection, "insert into entry values (1)");
              throw wrong;
            }))
        .isSameAs(wrong);

    assertThat(entries()).isZero();
  }

  @Test
  void many_at_once_have_their_turn() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = IntStream.range(0, MANY).mapToObj(_ -> threads.submit(this::entries)).toList();
      for (Future<Long> entries : asked) {
        assertThat(entries.get(60, TimeUnit.SECONDS)).isZero();
      }
    }
  }

  @Test
  void one_in_use_at_the_end_is_closed_when_it_is_given_back_and_there_is_no_other()
      throws Exception {
    CountDownLatch inUse = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Connection> last =
          threads.submit(() ->
              connections.<Connection, InterruptedException>use(connection -> {
                inUse.countDown();
                over.await();
                return connection;
              }));
      inUse.await();
      connections.end();
      over.countDown();

      assertThat(last.get(60, TimeUnit.SECONDS).isClosed()).isTrue();
    }
    assertThatExceptionOfType(SQLException.class).isThrownBy(this::entries);
  }

  private long entries() throws SQLException {
    return connections.use(connection -> {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select count(*) from entry")) {
        row.next();
        return row.getLong(1);
      }
    });
  }

  private static boolean execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }
}
