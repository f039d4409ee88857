package dev.knight.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.api.ErrorCode;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreFailureTest {
  @TempDir Path home;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final StoreWatch watch = new StoreWatch(() -> ended.set(true));

  @Test
  void the_second_process_on_a_store_is_told_who_holds_it() {
    SQLException open = new SQLException("in use", "90020", ErrorCode.DATABASE_ALREADY_OPEN_1);

    assertThat(
            StoreFailure.in(
                new IllegalStateException(open),
                Optional.of("knight serve, process 7"),
                new KnightHome(home)))
        .hasValueSatisfying(told ->
            assertThat(told).hasMessageContaining("knight serve, process 7").hasRootCause(open));
  }

  @Test
  void a_full_disk_ends_the_service_and_says_that_nothing_confirmed_is_lost() {
    SQLException full = new SQLException("no space", "90028", ErrorCode.IO_EXCEPTION_2);

    assertThatExceptionOfType(MisconfiguredException.class)
        .isThrownBy(() ->
            StoreFailure.explained(
                () -> {
                  throw new IllegalStateException(full);
                },
                watch))
        .withMessageContaining("make room");
    assertThat(watch.death()).isPresent();
    assertThat(ended).isTrue();
  }

  @Test
  void a_commit_that_cannot_be_written_is_a_full_disk_too() {
    SQLException general = new SQLException("General error", "HY000", ErrorCode.GENERAL_ERROR_1);
    general.initCause(new MVStoreException(2, "Writing failed"));

    assertThat(StoreFailure.in(general, Optional.empty(), new KnightHome(home)))
        .hasValueSatisfying(told -> assertThat(told).hasMessageContaining("make room"));
  }

  @Test
  void a_closed_store_is_recognised_by_what_the_database_really_throws() throws SQLException {
    String url = StoreUrl.of(home, Optional.empty());
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.createStatement().execute("shutdown");

      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> connection.createStatement().execute("select 1"))
          .satisfies(closed ->
              assertThat(StoreFailure.in(closed, Optional.empty(), new KnightHome(home)))
                  .isPresent());
    }
  }

  @Test
  void a_bug_stays_a_bug() {
    RuntimeException bug = new IllegalStateException(new SQLException("syntax", "42000", 42000));

    assertThat(StoreFailure.in(bug, Optional.empty(), new KnightHome(home))).isEmpty();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            StoreFailure.explained(
                () -> {
                  throw bug;
                },
                watch))
        .isSameAs(bug);
    assertThat(watch.death()).isEmpty();
    assertThat(ended).isFalse();
  }
}
