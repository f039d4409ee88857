package dev.knight.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of a real process that writes, again and again, on one store. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreCrashTest {
  private static final int KILLS = 6;
  private static final Pattern CONFIRMED =
      Pattern.compile("(accepted|claimed|finished) (\\d+) \\.");

  /** What must be zero, whatever was torn. */
  private static final Map<String, String> TEARS =
      Map.of(
          "a job and its attempts",
          "select count(*) from job j where token <> (select count(*) from attempt a where a.job_id = j.id)",
          "a job and the events of its attempts",
          "select count(*) from job j where attempt <> (select count(*) from event e where e.job_id = j.id and e.kind = 'started')",
          "the end of a job and its event",
          "select count(*) from job j where (case when state = 'no-change' then 1 else 0 end) <> (select count(*) from event e where e.job_id = j.id and e.kind = 'finished')",
          "the end of a job and its subject",
          "select count(*) from job where (state = 'no-change') <> (active_subject is null)",
          "a job and its mention",
          "select count(*) from job j where 1 <> (select count(*) from mention m where m.job_id = j.id)",
          "a mention and its reaction",
          "select count(*) from mention m where 1 <> (select count(*) from effect e where e.job_id = m.job_id and e.effect_key = m.node_id)",
          "the table of mentions and its index",
          "select count(*) from mention m where not exists (select 1 from mention i where i.node_id = m.node_id)",
          "the table of jobs and its index",
          "select count(*) from job j where active_subject is not null and not exists (select 1 from job i where i.active_subject = j.active_subject)",
          "the table of events and its index",
          "select (select count(*) from event) - (select count(*) from event where job_id > 0)");

  @TempDir Path home;

  @Test
  void nothing_that_was_confirmed_is_lost_and_nothing_is_torn() throws Exception {
    Map<String, Set<Long>> confirmed = new HashMap<>();

    for (int kill = 1; kill <= KILLS; kill++) {
      writeUntilKilled(20 + 17 * kill, confirmed);

      try (Connection store = DriverManager.getConnection(StoreUrl.of(home, Optional.empty()))) {
        for (Map.Entry<String, String> tear : TEARS.entrySet()) {
          assertThat(numbers(store, tear.getValue())).as(tear.getKey()).containsExactly(0L);
        }
        assertThat(numbers(store, "select id from job where id > 0"))
            .containsAll(confirmed.get("accepted"));
        assertThat(numbers(store, "select job_id from attempt"))
            .containsAll(confirmed.get("claimed"));
        assertThat(numbers(store, "select id from job where state = 'no-change'"))
            .containsAll(confirmed.get("finished"));
        leaveAsItIs(store);
      }
    }
  }

  /** Kills a writer that has finished {@code jobs} of them, and notes what it said until then. */
  private void writeUntilKilled(int jobs, Map<String, Set<Long>> confirmed) throws IOException {
    Process writer = writer();
    int finished = 0;
    try (BufferedReader lines = writer.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher said = CONFIRMED.matcher(line);
        if (said.matches()) {
          confirmed
              .computeIfAbsent(said.group(1), _ -> new HashSet<>())
              .add(Long.valueOf(said.group(2)));
          finished += said.group(1).equals("finished") ? 1 : 0;
        }
        if (finished == jobs) {
          // By its handle, which leaves the pipe open: what it still holds was confirmed too.
          writer.toHandle().destroyForcibly();
        }
      }
    } finally {
      writer.destroyForcibly();
    }
    assertThat(finished).as("jobs finished before the kill").isGreaterThanOrEqualTo(jobs);
  }

  private Process writer() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+EnableDynamicAgentLoading");
    command.add("-D" + StoreOnDisk.HOME + "=" + home);
    // How Quarkus finds the application of this build.
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("quarkus") || name.equals("java.util.logging.manager"))
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    command.add(StoreWriter.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static List<Long> numbers(Connection store, String question) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    try (Statement statement = store.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
    }
    return numbers;
  }

  /** Closes the file without the tidying that a normal end brings. */
  private static void leaveAsItIs(Connection store) throws SQLException {
    try (Statement statement = store.createStatement()) {
      statement.execute("shutdown immediately");
    }
  }
}
