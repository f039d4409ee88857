package dev.knight.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import dev.knight.store.Restoration.Restored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestorationTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

  @TempDir Path root;
  private KnightHome home;
  private Path file;
  private Path backup;
  private Restoration restoration;

  /** What may happen to a file on its way. */
  enum Damage {
    TRUNCATED {
      @Override
      byte[] to(byte[] good) {
        return Arrays.copyOf(good, good.length / 2);
      }
    },
    CUT_AT_ITS_END {
      @Override
      byte[] to(byte[] good) {
        return Arrays.copyOf(good, good.length - 3);
      }
    },
    ZEROED_IN_THE_MIDDLE {
      @Override
      byte[] to(byte[] good) {
        byte[] bad = good.clone();
        Arrays.fill(bad, bad.length / 3, bad.length / 3 * 2, (byte) 0);
        return bad;
      }
    },
    GARBAGE_AT_ITS_HEAD {
      @Override
      byte[] to(byte[] good) {
        byte[] bad = good.clone();
        Arrays.fill(bad, 0, Math.min(8192, bad.length), (byte) 0x5a);
        return bad;
      }
    },
    EMPTY {
      @Override
      byte[] to(byte[] good) {
        return new byte[0];
      }
    };

    abstract byte[] to(byte[] good);
  }

  @BeforeEach
  void a_store_with_a_backup() throws IOException, SQLException {
    home = new KnightHome(root);
    file = home.store().resolveSibling("knight.mv.db");
    backup = root.resolve("backup.sql.gz");
    restoration = new Restoration(home, home.store());
    Files.createDirectories(home.store().getParent());
    try (Connection store = open();
        Statement statement = store.createStatement()) {
      statement.execute("create sequence job_seq start with 1 increment by 1 cache 1");
      statement.execute(
          "create table job (id bigint not null primary key, text varchar(200) not null,"
              + " constraint job_once unique (text))");
      for (int i = 0; i < 40; i++) {
        statement.execute(
            "insert into job values (next value for job_seq, 'it''s ü\u2028 ' || random_uuid())");
      }
      Script.write(store, backup);
      statement.execute("insert into job values (next value for job_seq, 'after the backup')");
      HighWater.of(home.store()).note(store);
      statement.execute("shutdown compact");
    }
  }

  @Test
  void a_backup_brings_back_what_was_and_the_old_store_is_kept() throws Exception {
    Restored restored = restoration.restore(backup, NOW);

    assertThat(restored.jobs()).isEqualTo(40);
    assertThat(number("select count(*) from job")).isEqualTo(40);
    assertThat(number("select count(*) from job where text like 'it''s ü\u2028 %'")).isEqualTo(40);
    Files.copy(restored.kept().orElseThrow(), file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(number("select count(*) from job where text = 'after the backup'")).isEqualTo(1);
  }

  @Test
  void a_home_without_a_store_gets_one() throws Exception {
    Files.delete(file);

    Restored restored = restoration.restore(backup, NOW);

    assertThat(restored.kept()).isEmpty();
    assertThat(number("select count(*) from job")).isEqualTo(40);
  }

  @Test
  void a_job_gets_no_number_whose_files_are_there() throws Exception {
    Files.createDirectories(home.root().resolve("worktrees/41"));
    Files.createDirectories(home.root().resolve("sessions/57-review-1"));
    Files.createDirectories(home.run().resolve("43"));
    Files.createDirectories(home.root().resolve("recordings"));
    Files.createFile(home.root().resolve("recordings/44.jsonl"));

    restoration.restore(backup, NOW);

    assertThat(number("select next value for job_seq")).isEqualTo(58);
  }

  @Test
  void a_backup_that_counts_its_jobs_in_a_table_skips_used_numbers_too() throws Exception {
    try (Connection store = open();
        Statement statement = store.createStatement()) {
      statement.execute("create table job_number (id bigint primary key, newest bigint not null)");
      statement.execute("insert into job_number values (1, 41)");
      statement.execute("drop sequence job_seq");
      Script.write(store, backup);
      statement.execute("shutdown compact");
    }
    Files.createDirectories(home.root().resolve("worktrees/57"));

    restoration.restore(backup, NOW);

    assertThat(number("select newest from job_number")).isEqualTo(57);
  }

  @Test
  void numbers_go_on_where_no_files_are() throws Exception {
    restoration.restore(backup, NOW);

    assertThat(number("select next value for job_seq")).isEqualTo(41);
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void a_damaged_backup_changes_nothing(Damage damage) throws Exception {
    Files.write(backup, damage.to(Files.readAllBytes(backup)));

    assertThatExceptionOfType(MisconfiguredException.class)
        .isThrownBy(() -> restoration.restore(backup, NOW))
        .withMessageContaining(backup.toString());

    assertThat(number("select count(*) from job")).isEqualTo(41);
  }

  @Test
  void what_is_no_backup_is_not_run() throws Exception {
    try (GZIPOutputStream zip = new GZIPOutputStream(Files.newOutputStream(backup))) {
      zip.write("create table evil (id bigint);\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThatExceptionOfType(MisconfiguredException.class)
        .isThrownBy(() -> restoration.restore(backup, NOW))
        .withMessageContaining("is not a backup that this knight can read");
    assertThat(number("select count(*) from job")).isEqualTo(41);
  }

  @Test
  void a_backup_that_is_not_there_is_named() {
    assertThatExceptionOfType(MisconfiguredException.class)
        .isThrownBy(() -> restoration.restore(root.resolve("nowhere.sql.gz"), NOW))
        .withMessageContaining("nowhere.sql.gz cannot be read");
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void a_damaged_store_is_told_with_the_newest_backup(Damage damage) throws Exception {
    Path newest = new Copies(home).daily(NOW);
    Files.createDirectories(home.backups());
    Files.copy(backup, newest);
    Files.write(file, damage.to(Files.readAllBytes(file)));

    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(this::start)
        .satisfies(
            failure -> assertThat(told(failure)).hasMessageContaining("knight restore " + newest));

    assertThat(restoration.restore(newest, NOW).jobs()).isEqualTo(40);
    start();
  }

  @Test
  void a_store_that_is_gone_is_told_and_not_begun_anew() throws Exception {
    Files.delete(file);

    assertThatExceptionOfType(MisconfiguredException.class)
        .isThrownBy(this::start)
        .withMessageContaining("is gone, and there were 41 jobs in it")
        .withMessageContaining("knight restore");

    assertThat(file).doesNotExist();
  }

  @Test
  void a_migration_that_was_killed_is_undone() throws Exception {
    MigrationMark mark = MigrationMark.of(home.store());
    mark.set(Optional.of(backup));
    execute("alter table job drop column text");

    restoration.prepare();

    assertThat(number("select count(*) from job where text is not null")).isEqualTo(40);
    // Until the next try has come to its end.
    assertThat(mark.isSet()).isTrue();
    assertThat(mark.copy()).contains(backup);
  }

  @Test
  void a_first_start_that_was_killed_begins_anew() throws Exception {
    HighWater.of(home.store()).forget();
    MigrationMark.of(home.store()).set(Optional.empty());

    restoration.prepare();

    assertThat(file).doesNotExist();
  }

  @Test
  void a_restore_takes_back_what_an_unfinished_migration_wanted() throws Exception {
    MigrationMark.of(home.store()).set(Optional.of(root.resolve("gone.sql.gz")));

    restoration.restore(backup, NOW);
    restoration.prepare();

    assertThat(number("select count(*) from job")).isEqualTo(40);
  }

  /** As the service looks at its store. */
  private void start() {
    restoration.prepare();
    try (Connection store = open()) {
      try {
        Optional<String> wrong =
            Engine.of(store).disagreement().or(() -> HighWater.of(home.store()).lost(store));
        if (wrong.isPresent()) {
          throw StoreFailure.damaged(wrong.get(), home);
        }
      } finally {
        store.createStatement().execute("shutdown immediately");
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Throwable told(RuntimeException failure) {
    return failure instanceof MisconfiguredException
        ? failure
        : StoreFailure.in(failure, Optional.empty(), home).orElseThrow();
  }

  private void execute(String sql) throws SQLException {
    try (Connection store = open();
        Statement statement = store.createStatement()) {
      statement.execute(sql);
      statement.execute("shutdown");
    }
  }

  private long number(String question) throws SQLException {
    try (Connection store = open();
        Statement statement = store.createStatement()) {
      long number;
      try (ResultSet row = statement.executeQuery(question)) {
        row.next();
        number = row.getLong(1);
      }
      statement.execute("shutdown");
      return number;
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(StoreUrl.of(home.store()));
  }
}
