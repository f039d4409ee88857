package dev.knight.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Crashes of a real process that writes. Most of them are a copy of its file while the kernel holds
 * all its threads still, which is what {@code kill -9} at that moment leaves behind; a few are the
 * kill itself, after which the next process goes on with the same file.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreCrashTest {
  private static final int KILLS = 2;
  private static final int CRASHES = 10;
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

  @TempDir Path directory;
  private final List<Process> writers = new ArrayList<>();

  /** What the store has confirmed, by word. */
  private final Map<String, Set<Long>> confirmed = new HashMap<>();

  @Test
  void nothing_that_was_confirmed_is_lost_and_nothing_is_torn() throws Exception {
    Path home = Files.createDirectory(directory.resolve("home"));

    for (int kill = 1; kill <= KILLS; kill++) {
      try (BufferedReader lines = start(home).inputReader()) {
        for (int crash = 1; crash <= CRASHES; crash++) {
          readUntil(crash + 11, lines);
          freeze();
          readWhatIsThere(lines);
          Path copy = copy(home, kill + "-" + crash);
          signal("CONT");
          check(copy);
        }
        // By its handle, which leaves the pipe open: what it still holds was confirmed too.
        writer().toHandle().destroyForcibly();
        lines.lines().forEach(this::note);
      }
      check(home);
    }
  }

  @AfterEach
  void leave_no_writer_behind() {
    writers.forEach(Process::destroyForcibly);
  }

  private void check(Path home) throws SQLException {
    try (Connection store = DriverManager.getConnection(StoreUrl.of(home, Optional.empty()))) {
      for (Map.Entry<String, String> tear : TEARS.entrySet()) {
        assertThat(numbers(store, tear.getValue())).as(tear.getKey()).containsExactly(0L);
      }
      assertThat(numbers(store, "select id from job where id > 0"))
          .containsAll(confirmed("accepted"));
      assertThat(numbers(store, "select job_id from attempt")).containsAll(confirmed("claimed"));
      assertThat(numbers(store, "select id from job where state = 'no-change'"))
          .containsAll(confirmed("finished"));
      leaveAsItIs(store);
    }
  }

  private Set<Long> confirmed(String word) {
    return confirmed.computeIfAbsent(word, _ -> new HashSet<>());
  }

  /** Reads on until {@code jobs} more of them have finished. */
  private void readUntil(int jobs, BufferedReader lines) throws IOException {
    int goal = confirmed("finished").size() + jobs;
    while (confirmed("finished").size() < goal) {
      String line = lines.readLine();
      assertThat(line).as("the writer goes on").isNotNull();
      note(line);
    }
  }

  private void readWhatIsThere(BufferedReader lines) throws IOException {
    StringBuilder rest = new StringBuilder();
    while (lines.ready()) {
      rest.append((char) lines.read());
    }
    rest.toString().lines().forEach(this::note);
  }

  private void note(String line) {
    Matcher said = CONFIRMED.matcher(line);
    if (said.matches()) {
      confirmed(said.group(1)).add(Long.valueOf(said.group(2)));
    }
  }

  /** Returns when no thread of the writer runs: its file is as a kill would leave it now. */
  private void freeze() throws IOException, InterruptedException {
    signal("STOP");
    Instant end = Instant.now().plusSeconds(60);
    while (!isFrozen()) {
      assertThat(Instant.now()).as("the writer stops").isBefore(end);
      Thread.onSpinWait();
    }
  }

  private boolean isFrozen() throws IOException {
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(writer().pid()), "task"))) {
      for (Path thread : threads) {
        String status = Files.readString(thread.resolve("stat"));
        if (status.charAt(status.lastIndexOf(')') + 2) != 'T') {
          return false;
        }
      }
      return true;
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(writer().pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  private Path copy(Path home, String name) throws IOException {
    Path crashed = directory.resolve(name);
    Path store = Files.createDirectories(crashed.resolve("store"));
    Files.copy(home.resolve("store/knight.mv.db"), store.resolve("knight.mv.db"));
    return crashed;
  }

  private Process writer() {
    return writers.getLast();
  }

  private Process start(Path home) throws IOException {
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
    writers.add(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    return writer();
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
