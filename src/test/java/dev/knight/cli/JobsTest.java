package dev.knight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.JobQuery;
import dev.knight.job.RepositoryName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JobsTest {
  private static final long PATIENCE_S = 60;

  @TempDir Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private FakeProgram program;

  @BeforeEach
  void program() {
    program = new FakeProgram(home);
  }

  @Test
  void filters_become_one_question() {
    assertThat(
            run(
                "jobs",
                "--state",
                "running,needs-you",
                "-s",
                "failed",
                "-R",
                "ada/engine",
                "--requester",
                "grace",
                "-n",
                "5",
                "pump",
                "#47"))
        .isZero();

    assertThat(program.queries)
        .containsExactly(
            new JobQuery(
                Set.of("running", "needs-you", "failed"),
                Optional.of(new RepositoryName("ada", "engine")),
                Optional.of("grace"),
                "pump #47",
                Optional.empty(),
                5));
  }

  @Test
  void a_state_that_there_is_not_is_a_usage_error() {
    assertThat(run("jobs", "--state", "asleep")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("knight: There is no state 'asleep'; a job is queued, running, retrying,");
    assertThat(run("jobs", "--limit", "0")).isEqualTo(2);
  }

  @Test
  void who_needs_a_person_stands_out_with_the_command_that_helps() {
    program.jobs.addFirst(FakeProgram.job(14, "needs-you"));

    assertThat(person(80, false, "jobs")).isZero();

    assertThat(out.toString())
        .isEqualTo(
            """
            JOB  STATE           ISSUE          TITLE          BY    COST  UPDATED    PR
             14  needs-you       ada/engine#54  Engine stalls  ada  $0.13  3 min ago
             12  running review  ada/engine#52  Engine stalls  ada  $0.13  3 min ago
              7  done            ada/engine#47  Engine stalls  ada  $0.13  3 min ago  #50

            Job 14 needs an answer: Shall the pump stop, too?
              knight steer 14 "your answer"
            """);

    out.getBuffer().setLength(0);
    person(80, true, "jobs");
    assertThat(out.toString()).contains("\u001b[1;33mneeds-you", "\u001b[1;33mJob 14 needs");
  }

  @Test
  void where_there_is_nothing_it_says_what_to_do_next() throws IOException {
    program.jobs.clear();

    person(80, false, "jobs");
    assertThat(out.toString())
        .isEqualTo("No jobs yet, and nothing is set up: knight init does that.\n");

    out.getBuffer().setLength(0);
    Files.writeString(home.resolve("knight.yml"), "");
    person(80, false, "jobs");
    assertThat(out.toString()).contains("no service runs: start it by knight serve");

    out.getBuffer().setLength(0);
    program.serve();
    person(80, false, "jobs");
    assertThat(out.toString()).contains("Mention knight in an issue, or: knight enqueue ISSUE-URL");

    out.getBuffer().setLength(0);
    person(80, false, "jobs", "pump");
    assertThat(out.toString()).isEqualTo("No job is like that; knight jobs lists all.\n");

    out.getBuffer().setLength(0);
    run("jobs");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void a_watch_draws_the_whole_screen_and_gives_it_back() throws Exception {
    try (PipedWriter keys = new PipedWriter();
        BufferedReader typed = new BufferedReader(new PipedReader(keys))) {
      CompletableFuture<Integer> watch =
          CompletableFuture.supplyAsync(() -> watch(typed, "jobs", "--watch"));
      await(() -> out.toString().contains("running review"));
      program.jobs.addFirst(FakeProgram.job(14, "needs-you"));
      await(() -> out.toString().contains("knight steer 14"));
      keys.write('q');
      keys.flush();

      assertThat(watch.get(PATIENCE_S, TimeUnit.SECONDS)).isZero();
    }

    assertThat(out.toString())
        .startsWith("\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?2026h\u001b[H\u001b[Kknight jobs: ")
        .contains("knight jobs: 1 running\n\u001b[K")
        .contains("knight jobs: 1 running, 1 waiting for you\n\u001b[K")
        .contains("no service runs (knight serve starts one), q ends")
        .containsPattern("\u001b\\[\\?7h\u001b\\[\\?25h\u001b\\[\\?1049lJOB  STATE")
        .endsWith("knight steer 14 \"your answer\"\n");
  }

  @Test
  void a_watch_in_a_pipe_prints_a_line_for_each_change_until_nobody_reads() throws Exception {
    Leaving reader = new Leaving(4);
    CompletableFuture<Integer> watch =
        CompletableFuture.supplyAsync(() -> execute(reader, "jobs", "--watch"));
    await(() -> reader.text().lines().count() == 2);
    program.jobs.set(0, FakeProgram.job(12, "done"));
    await(() -> reader.text().lines().count() == 3);
    program.jobs.set(1, FakeProgram.job(7, "failed"));

    assertThat(watch.get(PATIENCE_S, TimeUnit.SECONDS)).isZero();
    assertThat(reader.text().lines().map(line -> line.split("\t", 3)[1]))
        .containsExactly("done", "running review", "done", "failed");
  }

  @Test
  void a_watch_goes_on_while_its_service_is_away_for_a_while() throws Exception {
    Leaving reader = new Leaving(3);
    CompletableFuture<Integer> watch =
        CompletableFuture.supplyAsync(() -> execute(reader, "jobs", "--watch"));
    await(() -> reader.text().lines().count() == 2);
    program.away = true;
    await(() -> err.toString().contains("knight: The service does not answer"));
    program.jobs.set(0, FakeProgram.job(12, "done"));
    program.away = false;

    assertThat(watch.get(PATIENCE_S, TimeUnit.SECONDS)).isZero();
    assertThat(reader.text().lines().toList().getLast()).contains("12\tdone");
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void a_watch_draws_no_screen_where_the_cursor_cannot_be_moved() throws Exception {
    Leaving reader = new Leaving(2);
    CompletableFuture<Integer> watch =
        CompletableFuture.supplyAsync(() ->
            KnightCommandLine.execute(
                program, dumb(reader, Map.of("TERM", "dumb")), Optional.empty(), "jobs", "-w"));

    assertThat(watch.get(PATIENCE_S, TimeUnit.SECONDS)).isZero();
    assertThat(reader.text().lines()).hasSize(2).noneMatch(line -> line.contains("\u001b"));

    program.jobs.clear();
    Leaving idle = new Leaving(1);
    KnightCommandLine.execute(
        program, dumb(idle, Map.of("TERM", "dumb")), Optional.empty(), "jobs", "-w");
    assertThat(idle.text()).startsWith("No jobs yet");
    assertThat(new Tty(Map.of()).canMove()).isFalse();
    assertThat(new Tty(Map.of("TERM", "xterm")).canMove()).isTrue();
  }

  private Terminal dumb(Writer reader, Map<String, String> environment) {
    return new Terminal(
        new BufferedReader(Reader.nullReader()),
        new PrintWriter(reader),
        new PrintWriter(err),
        true,
        false,
        new Tty(environment),
        Optional.empty());
  }

  @Test
  void a_watch_in_json_prints_an_object_on_a_line() throws Exception {
    Leaving reader = new Leaving(2);

    assertThat(
            CompletableFuture.supplyAsync(() -> execute(reader, "jobs", "--watch", "--json"))
                .get(PATIENCE_S, TimeUnit.SECONDS))
        .isZero();

    assertThat(reader.text().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"id\":"));
  }

  private int run(String... args) {
    Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, false, 80);
    return KnightCommandLine.execute(program, terminal, Optional.empty(), args);
  }

  private int person(int width, boolean isColoured, String... args) {
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), true, isColoured, width);
    return KnightCommandLine.execute(program, terminal, Optional.empty(), args);
  }

  private int watch(BufferedReader typed, String... args) {
    Terminal terminal =
        new Terminal(
            typed,
            new PrintWriter(out),
            new PrintWriter(err),
            true,
            false,
            Screen.of(100, 30),
            Optional.empty());
    return KnightCommandLine.execute(program, terminal, Optional.empty(), args);
  }

  private int execute(Leaving reader, String... args) {
    Terminal terminal =
        new Terminal(new PrintWriter(reader), new PrintWriter(err), false, false, 80);
    return KnightCommandLine.execute(program, terminal, Optional.empty(), args);
  }

  private static void await(BooleanSupplier done) {
    long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_S).toNanos();
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** A reader that goes away after some lines. */
  private static final class Leaving extends Writer {
    private final List<String> written = new CopyOnWriteArrayList<>();
    private final int most;

    Leaving(int most) {
      this.most = most;
    }

    String text() {
      return String.join("", written);
    }

    @Override
    public void write(char[] letters, int from, int length) throws IOException {
      if (text().lines().count() >= most && text().endsWith("\n")) {
        throw new IOException("Broken pipe");
      }
      written.add(new String(letters, from, length));
    }

    @Override
    public void flush() throws IOException {
      if (text().lines().count() >= most) {
        throw new IOException("Broken pipe");
      }
    }

    @Override
    public void close() {}
  }
}
