package dev.knight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.cli.ChaosReport.Times;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandLineTest {
  @TempDir Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private FakeProgram program;

  @BeforeEach
  void program() {
    program = new FakeProgram(home);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "serve",
        "init",
        "enqueue",
        "jobs",
        "show",
        "stats",
        "logs",
        "attach",
        "steer",
        "stop",
        "retry",
        "release",
        "run",
        "memory",
        "notify",
        "open",
        "backup",
        "restore",
        "completion",
        "help",
        "service",
        "doctor",
        "demo",
        "chaos"
      })
  void help_is_as_written_down(String command) throws IOException {
    int exitCode = command.isEmpty() ? run("--help") : run(command, "--help");

    assertThat(exitCode).isZero();
    Golden.assertSame("help/" + (command.isEmpty() ? "knight" : command) + ".txt", out.toString());
  }

  @Test
  void a_test_of_notices_says_which_way_is_blocked() {
    assertThat(run("notify", "test")).isEqualTo(ExitCodes.FAILED);

    assertThat(program.asked).contains("notices");
    assertThat(out.toString().lines())
        .containsExactly("✓ A test was sent", "✗ the command /x ended with code 1: \uFFFD[31mno");
    assertThat(run("notify")).isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void without_a_command_it_says_what_comes_next() throws IOException {
    assertThat(run()).isZero();
    assertThat(out.toString()).contains("not set up here yet", "knight demo", "knight init");

    out.getBuffer().setLength(0);
    Files.writeString(home.resolve("knight.yml"), "");
    assertThat(run()).isZero();
    assertThat(out.toString()).contains("does not run", "knight serve", "knight service install");
    assertThat(program.asked).isEmpty();

    out.getBuffer().setLength(0);
    program.serve();
    program.jobs.addFirst(FakeProgram.job(14, "needs-you"));
    assertThat(run()).isZero();
    assertThat(out.toString())
        .startsWith("knight runs.")
        .contains("knight jobs", "Job 14 needs an answer: Shall the pump stop, too?");
    assertThat(err.toString()).isEmpty();

    assertThat(run("job")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("knight jobs");
  }

  @Test
  void the_version_is_one_line() {
    assertThat(run("--version")).isZero();
    String version = out.toString();
    assertThat(version).matches("knight \\d+\\.\\d+\\.\\d+.*\\R");

    assertThat(run("-V")).isZero();
    assertThat(run("--version", "jobs")).isZero();
    assertThat(run("jobs", "--version")).isZero();
    assertThat(out.toString()).isEqualTo(version.repeat(4));
  }

  @Test
  void who_asks_for_the_version_and_for_help_gets_help_with_all_commands() {
    assertThat(run("--version", "--help")).isZero();
    assertThat(out.toString()).contains("jobs", "doctor", "completion");
  }

  @Test
  void jobs_are_lines_of_fields_for_a_program() {
    assertThat(run("jobs")).isZero();

    assertThat(out.toString().lines().map(line -> line.split("\t", -1)[1]))
        .containsExactly("running review", "done");
    assertThat(program.asked).containsExactly("jobs 30");
  }

  @Test
  void figures_are_sentences_and_a_table_for_a_person() {
    assertThat(runAsPerson(80, false, "stats", "--days", "7")).isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            2026-11-16 to 2026-11-22: 5 jobs, 4 pull requests, 3 merged (75%).
            Cost $1.50, $0.50 for each merged pull request; today $0.50 of $10.00.
            From a mention to its pull request: 6 min for half of them, 1 h 6 min for nine of ten.

            DAY         JOBS  PRS  MERGED   COST  TOKENS
            2026-11-21     3    3       2  $1.00  40,000  ████████████████████
            2026-11-22     2    1       1  $0.50   5,600  ██████████
            """);
  }

  @Test
  void figures_are_fields_for_a_program_and_whole_as_json() {
    assertThat(run("stats", "--by", "model")).isZero();
    assertThat(out.toString()).isEqualTo("your-model\t5\t4\t3\t1.5\t45600\t1.00\n");

    assertThat(run("stats", "--json")).isZero();
    assertThat(out.toString()).contains("\"usdPerMerged\" : 0.5").contains("\"byOutcome\"");
    assertThat(run("stats", "--by", "moon")).isEqualTo(2);
  }

  @Test
  void what_knight_keeps_in_mind_is_listed_and_edited() {
    assertThat(run("memory", "--repository", "ada/engine")).isZero();
    assertThat(out.toString()).contains("3\tcandidate\tada/engine\tTests use AssertJ.");
    assertThat(out.toString()).doesNotContain("\u001b");

    assertThat(run("memory", "confirm", "3")).isZero();
    assertThat(run("memory", "edit", "3", "Use AssertJ.")).isZero();
    assertThat(run("memory", "forget", "3")).isZero();
    assertThat(run("memory", "propose", "ada/engine")).isZero();

    assertThat(program.asked)
        .containsExactly(
            "memory ada/engine",
            "confirm 3",
            "edit 3 Use AssertJ.",
            "forget 3",
            "propose ada/engine");
    assertThat(out.toString()).endsWith("https://github.com/ada/engine/pull/51\n");
    assertThat(run("memory", "propose", "nowhere")).isEqualTo(2);
  }

  @Test
  void jobs_are_a_table_that_fits_for_a_person() {
    assertThat(runAsPerson(80, false, "jobs")).isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            JOB  STATE           ISSUE          TITLE          BY    COST  UPDATED    PR
             12  running review  ada/engine#52  Engine stalls  ada  $0.13  3 min ago
              7  done            ada/engine#47  Engine stalls  ada  $0.13  3 min ago  #50
            """);

    out.getBuffer().setLength(0);
    assertThat(runAsPerson(44, false, "jobs")).isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            JOB  STATE           ISSUE          PR
             12  running review  ada/engine#52
              7  done            ada/engine#47  #50
            """);
  }

  @Test
  void a_person_may_have_colours() {
    runAsPerson(120, true, "jobs");

    assertThat(out.toString()).contains("\u001b[32mdone");
  }

  @Test
  void jobs_as_json_have_exactly_the_fields_of_the_contract() {
    assertThat(run("jobs", "--json", "-n", "5")).isZero();

    assertThat(out.toString())
        .isEqualToIgnoringWhitespace(
            """
            [ {
              "id" : 12, "repository" : "ada/engine", "number" : 52, "title" : "Engine stalls",
              "kind" : "implement", "state" : "running", "reason" : null, "needs" : null,
              "step" : "review",
              "attempt" : 1, "requester" : "ada",
              "pullRequest" : null, "costUsd" : 0.1250, "createdAt" : "2026-11-22T10:00:00Z",
              "updatedAt" : "2026-11-22T10:01:00Z"
            }, {
              "id" : 7, "repository" : "ada/engine", "number" : 47, "title" : "Engine stalls",
              "kind" : "implement", "state" : "done", "reason" : null, "needs" : null,
              "step" : null,
              "attempt" : 1, "requester" : "ada",
              "pullRequest" : "https://github.com/ada/engine/pull/50", "costUsd" : 0.1250,
              "createdAt" : "2026-11-22T10:00:00Z", "updatedAt" : "2026-11-22T10:01:00Z"
            } ]
            """);
  }

  @Test
  void show_as_json_has_the_story() {
    assertThat(run("show", "7", "--json")).isZero();

    assertThat(out.toString())
        .contains("\"events\" : [ {", "\"effects\" : [ {", "\"externalId\" : \"abc\"")
        .contains("\"plannedAt\" : \"2026-11-22T10:00:00Z\"");
  }

  @Test
  void enqueue_says_what_became_of_it() {
    assertThat(run("enqueue", "https://github.com/ada/engine/issues/52", "-m", "do it")).isZero();

    assertThat(out.toString()).isEqualTo("Job 12 for ada/engine#52 is queued\n");
    assertThat(program.asked.getFirst()).contains("ada/engine/issues/52", "do it");
  }

  @Test
  void steer_tells_the_agent_all_the_words() {
    assertThat(run("steer", "12", "use", "tabs")).isZero();
    assertThat(out.toString()).isEqualTo("Told job 12, which is running\n");
    assertThat(program.asked).containsExactly("steer 12 use tabs");

    assertThat(run("steer", "--json", "12", "--", "- and no spaces")).isZero();
    assertThat(out.toString()).contains("\"id\" : 12", "\"state\" : \"running\"");
  }

  @Test
  void a_backup_goes_into_the_file_and_nowhere_else() throws IOException {
    Path file = home.resolve("jobs.sql.gz");

    assertThat(run("backup", file.toString())).isZero();

    assertThat(out.toString()).isEqualTo("The store is in %s (1 kB)\n".formatted(file));
    assertThat(file).hasContent("the jobs");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(home.resolve("backups")).isEmptyDirectory();
  }

  @Test
  void a_backup_replaces_a_file_only_by_force() throws IOException {
    Path file = Files.writeString(home.resolve("jobs.sql.gz"), "dear to me");

    assertThat(run("backup", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is there already: name another file, or use --force");
    assertThat(file).hasContent("dear to me");
    assertThat(program.asked).isEmpty();

    assertThat(run("backup", "--force", "--json", file.toString())).isZero();
    assertThat(file).hasContent("the jobs");
    assertThat(out.toString())
        .isEqualToIgnoringWhitespace("{ \"file\" : \"%s\", \"bytes\" : 8 }".formatted(file));
  }

  @Test
  void a_backup_that_cannot_be_written_says_where() {
    assertThat(run("backup", home.resolve("nowhere/jobs.sql.gz").toString())).isEqualTo(3);
    assertThat(err.toString()).contains("nowhere/jobs.sql.gz cannot be written");
    assertThat(run("backup", home.toString())).isEqualTo(2);
  }

  @Test
  void restore_says_where_the_old_store_is() {
    assertThat(run("restore", "jobs.sql.gz")).isZero();

    assertThat(program.asked).containsExactly("restore jobs.sql.gz");
    assertThat(out.toString())
        .isEqualTo(
            """
            The store has 2 jobs again
            What it was before is in /home/ada/.knight/store/knight-before.mv.db
            """);
  }

  @Test
  void restore_as_json_has_the_same() {
    assertThat(run("restore", "--json", "jobs.sql.gz")).isZero();

    assertThat(out.toString())
        .isEqualToIgnoringWhitespace(
            "{ \"jobs\" : 2, \"kept\" : \"/home/ada/.knight/store/knight-before.mv.db\" }");
  }

  @Test
  void options_for_all_may_stand_before_and_behind_the_command() {
    run("--config", "/x.yml", "jobs");
    run("jobs", "--config", "/y.yml");

    assertThat(program.asked).contains("config /x.yml", "config /y.yml");
  }

  @Test
  void a_command_that_is_read_alone_says_of_itself_what_it_says_among_all() {
    Rehearsals rehearsals = new Rehearsals(this::play, this::upset, (_, _) -> 0);
    CommandLine all = CommandTree.create(program, plain(), Optional.of(rehearsals));

    assertThat(all.getSubcommands()).hasSizeGreaterThan(20);
    all.getSubcommands()
        .forEach((name, command) -> {
          out.getBuffer().setLength(0);
          assertThat(run(name, "--help")).isZero();
          assertThat(out.toString()).isEqualTo(command.getUsageMessage());
        });
  }

  @Test
  void a_slip_is_answered_with_what_was_meant() {
    assertThat(run("job")).isEqualTo(2);
    assertThat(run("serve", "--stop-agent")).isEqualTo(2);

    assertThat(err.toString()).contains("Did you mean:", "jobs", "--stop-agents");
  }

  @Test
  void demo_is_a_command_only_where_there_is_one() {
    assertThat(KnightCommandLine.execute(program, plain(), Optional.empty(), "demo")).isEqualTo(2);
    assertThat(run("demo", "--keep")).isZero();
    assertThat(out.toString()).contains("played, kept");
  }

  @Test
  void chaos_ends_with_a_table_of_counts() {
    assertThat(run("chaos", "--jobs", "2", "--seed", "7")).isZero();

    assertThat(out.toString())
        .contains("played Order[jobs=2, seed=7, kills=8, longest=PT30M, keep=false]")
        .containsPattern("kills +8: 8 service")
        .containsPattern("lost +0")
        .containsPattern("kill to serving again +p50 2.0 s, p99 3.0 s, most 3.0 s \\(of 3\\)")
        .contains("Nothing was lost");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void chaos_that_loses_something_has_failed() {
    assertThat(run("chaos", "--seed", "13", "--kills", "5", "--minutes", "1")).isEqualTo(1);

    assertThat(out.toString()).contains("! ada/greet#1 has no job", "not as it has to be");
  }

  @Test
  void chaos_as_json_has_every_count() {
    assertThat(run("chaos", "--json")).isZero();

    assertThat(out.toString())
        .contains("\"lost\" : 0", "\"modelCallsRepeated\" : 1", "\"p99\" : 3000")
        .doesNotContain("played");
    assertThat(err.toString()).contains("played");
  }

  @Test
  void chaos_is_bounded() {
    assertThat(run("chaos", "--kills", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--kills must be from 1 to 10000, not 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          serve             | 3 | knight: knight.github.token is not set\uFFFD[31m: set it
          serve --stop-agents | 3 | knight: knight.github.token is not set\uFFFD[31m: set it
          show 99           | 4 | knight: There is no job 99; knight jobs lists them
          steer 7 hello     | 1 | knight: Job 7 is done, so nobody hears it
          attach 7          | 1 | knight: No service runs, so nothing happens in job 7; start knight serve, or read knight logs
          stop 7            | 1 | knight: Job 7 is done: it cannot stop
          show seven        | 2 | knight: Invalid value for positional parameter at index 0 (JOB): 'seven' is not a job; JOB is a number that knight jobs prints
          show 0            | 2 | knight: Invalid value for positional parameter at index 0 (JOB): '0' is not a job; JOB is a number that knight jobs prints
          enqueue nonsense  | 2 | knight: Invalid value for positional parameter at index 0 (ISSUE-URL): 'nonsense' is not the address of an issue; write https://github.com/owner/name/issues/1
          jobs --fancy      | 2 | knight: Unknown option: '--fancy'
          run https://github.com/a/b/issues/1 | 1 | knight: something unexpected happened (IllegalStateException: boom); --verbose shows where
          """)
  void errors_are_one_sentence_and_a_code(String line, int exitCode, String sentence) {
    assertThat(run(line.split(" "))).isEqualTo(exitCode);

    assertThat(err.toString().lines().findFirst()).contains(sentence);
    assertThat(err.toString()).doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void verbose_shows_where_an_error_comes_from() {
    assertThat(run("run", "--verbose", "https://github.com/a/b/issues/1")).isEqualTo(1);

    assertThat(err.toString()).contains("IllegalStateException: boom", "\tat ");
  }

  private int run(String... args) {
    Rehearsals rehearsals = new Rehearsals(this::play, this::upset, (_, _) -> 0);
    return KnightCommandLine.execute(program, plain(), Optional.of(rehearsals), args);
  }

  private int runAsPerson(int width, boolean isColoured, String... args) {
    Terminal screen =
        new Terminal(new PrintWriter(out), new PrintWriter(err), true, isColoured, width);
    return KnightCommandLine.execute(program, screen, Optional.empty(), args);
  }

  private Terminal plain() {
    return new Terminal(new PrintWriter(out), new PrintWriter(err), false, false, 80);
  }

  private ChaosReport upset(Chaos.Order order, PrintWriter progress) {
    progress.println("played " + order);
    Times none = new Times(0, 0, 0, 0);
    return new ChaosReport(
        order.seed(),
        order.jobs(),
        Map.of("done", order.jobs()),
        Map.of("service", order.kills()),
        Map.of("publish", order.kills()),
        3,
        order.seed() == 13 ? 1 : 0,
        0,
        0,
        0,
        0,
        0,
        Times.of(List.of(3_000L, 1_000L, 2_000L)),
        none,
        none,
        2,
        1,
        70,
        1,
        1,
        0,
        order.seed() == 13 ? List.of("ada/greet#1 has no job") : List.of(),
        9);
  }

  private int play(boolean keep, Terminal at) {
    at.out().println(keep ? "played, kept" : "played");
    return 0;
  }
}
