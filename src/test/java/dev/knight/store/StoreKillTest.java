package dev.knight.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real kills at moments that a seed chooses, while threads write, sync and compact. {@code
 * -Dtest.kills=N} asks for another number of them, {@code -Dtest.seed=S} for the moments of an
 * earlier run.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreKillTest {
  private static final int KILLS = Integer.getInteger("test.kills", 40);
  private static final long SEED = Long.getLong("test.seed", System.nanoTime());

  /** A process lives for so many confirmed writes at most. */
  private static final int LIFE = 300;

  private static final int MOST_NANOS = 3_000_000;
  private static final Pattern CONFIRMED = Pattern.compile("(\\d+) (\\d+) \\.");

  /** What must be zero, whatever was torn. */
  private static final Map<String, String> TEARS =
      Map.of(
          "a counter and its rows",
          "select count(*) from counter c where n - low <> (select count(*) from entry e where e.counter = c.id)",
          "a counter and its newest row",
          "select count(*) from counter c where n > 0 and not exists (select 1 from entry e where e.counter = c.id and e.n = c.n)",
          "a row beyond its counter",
          "select count(*) from entry e join counter c on c.id = e.counter where e.n > c.n or e.n <= c.low",
          "the rows and their primary key",
          "select count(*) from entry e where not exists (select 1 from entry i where i.id = e.counter * 1000000000 + e.n)",
          "the rows and their index",
          "select count(*) from entry e where not exists (select 1 from entry i where i.text = e.text and i.id = e.id)");

  @TempDir Path home;

  private final Map<Integer, Long> confirmed = new HashMap<>();

  @Test
  void counters_agree_with_rows_after_every_kill() throws Exception {
    System.out.printf("StoreKillTest: -Dtest.kills=%d -Dtest.seed=%d%n", KILLS, SEED);
    Random random = new Random(SEED);
    Files.createDirectories(home.resolve("store"));
    long largest = 0;

    for (int kill = 1; kill <= KILLS; kill++) {
      Process writer = start();
      try (BufferedReader lines = writer.inputReader()) {
        read(1 + random.nextInt(LIFE), lines);
        LockSupport.parkNanos(random.nextInt(MOST_NANOS));
        // By its handle, which leaves the pipe open: what it still holds was confirmed too.
        writer.toHandle().destroyForcibly();
        lines.lines().forEach(this::note);
      } finally {
        writer.destroyForcibly().waitFor();
      }
      check("kill %d of seed %d".formatted(kill, SEED));
      largest = Math.max(largest, Files.size(home.resolve("store/knight.mv.db")));
    }

    long sum = confirmed.values().stream().mapToLong(Long::longValue).sum();
    System.out.printf(
        "StoreKillTest: %d kills, %d confirmed writes, 0 lost, 0 torn, largest file %d kB%n",
        KILLS, sum, largest / 1000);
  }

  /**
   * A limit on the size of files is a full disk that needs no other rights; it is met before the
   * file is compacted.
   */
  @Test
  void a_full_disk_ends_the_process_and_loses_nothing_confirmed() throws Exception {
    Files.createDirectories(home.resolve("store"));
    for (int kilobytes : List.of(250, 400)) {
      Process writer = start("prlimit", "--fsize=" + kilobytes * 1_000);
      try (BufferedReader lines = writer.inputReader()) {
        lines.lines().forEach(this::note);
        assertThat(writer.waitFor(60, TimeUnit.SECONDS)).as("it ends itself").isTrue();
        assertThat(writer.exitValue()).isEqualTo(CountingWriter.DEAD);
      } finally {
        writer.destroyForcibly();
      }
      assertThat(confirmed).as("some of its writes").isNotEmpty();
      check("a disk of %d kB".formatted(kilobytes));
    }
  }

  private void check(String moment) throws SQLException {
    try (Connection store = DriverManager.getConnection(StoreUrl.of(home, Optional.empty()));
        Statement statement = store.createStatement()) {
      for (Map.Entry<String, String> tear : TEARS.entrySet()) {
        assertThat(number(statement, tear.getValue())).as("%s: %s", moment, tear.getKey()).isZero();
      }
      Engine engine = Engine.of(store);
      assertThat(engine.disagreement()).as(moment).isEmpty();
      assertThat(HighWater.of(engine.file()).lost(store)).as(moment).isEmpty();
      for (Map.Entry<Integer, Long> counter : confirmed.entrySet()) {
        assertThat(number(statement, "select n from counter where id = " + counter.getKey()))
            .as("%s: nothing of thread %d is lost", moment, counter.getKey())
            .isGreaterThanOrEqualTo(counter.getValue());
      }
      // Without the tidying that a normal end brings.
      statement.execute("shutdown immediately");
    }
  }

  private void read(int writes, BufferedReader lines) throws IOException {
    for (int i = 0; i < writes; i++) {
      String line = lines.readLine();
      assertThat(line).as("the writer goes on").isNotNull();
      note(line);
    }
  }

  private void note(String line) {
    Matcher said = CONFIRMED.matcher(line);
    if (said.matches()) {
      confirmed.merge(Integer.valueOf(said.group(1)), Long.valueOf(said.group(2)), Math::max);
    }
  }

  private Process start(String... under) throws IOException {
    List<String> command = new ArrayList<>(List.of(under));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            CountingWriter.class.getName(),
            home.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static long number(Statement statement, String question) throws SQLException {
    try (ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getLong(1);
    }
  }
}
