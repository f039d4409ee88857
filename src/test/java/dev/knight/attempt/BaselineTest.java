package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.agent.SessionRequest.Model;
import dev.knight.egress.DirectInternet;
import dev.knight.egress.EgressProxy;
import dev.knight.egress.JobNetwork;
import dev.knight.fake.FakeMeter;
import dev.knight.fake.MemoryJobStore;
import dev.knight.fake.TestMirror;
import dev.knight.git.BranchName;
import dev.knight.git.GitLimits;
import dev.knight.git.Mirror;
import dev.knight.git.Mirrors;
import dev.knight.git.Worktree;
import dev.knight.home.HomeSurvey;
import dev.knight.home.KnightHome;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.LeaseLostException;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Spent;
import dev.knight.job.Subject;
import dev.knight.publish.Check;
import dev.knight.publish.CommitStyle;
import dev.knight.publish.Proof;
import dev.knight.sandbox.NoSandbox;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter.Formatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BaselineTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");
  private static final JobId JOB = new JobId(1);
  private static final Answer FIX =
      Answer.of("```json\n{\"outcome\": \"changed\", \"title\": \"Mend\", \"fix\": true}\n```");

  @TempDir Path directory;
  private KnightHome home;
  private Mirrors mirrors;
  private Worktree worktree;
  private Path ran;
  private Optional<String> setup = Optional.empty();
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    home = new KnightHome(directory.resolve("home"));
    mirrors = new Mirrors(home, _ -> Optional.empty(), GitLimits.standard(), () -> NOON);
    worktree =
        mirror()
            .worktree(
                JOB,
                TestMirror.commit(
                    mirror().path(), Map.of("pump.txt", "stalls\n", "lint.txt", "bad\n")));
    ran = directory.resolve("ran");
  }

  @AfterEach
  void stop() {
    mirrors.close();
  }

  @Test
  void a_check_that_failed_before_is_not_the_change_s_doing() throws Exception {
    write("lint.txt", "worse\n");
    write("pump.txt", "explodes\n");

    List<Check> checks =
        compare("grep -q good lint.txt", "grep -q stalls pump.txt", "test -e pump.txt");

    assertThat(checks).extracting(Check::passed).containsExactly(false, false, true);
    assertThat(checks).extracting(Check::isRegression).containsExactly(false, true, false);
    assertThat(checks.getLast().onBase()).isEmpty();
    assertThat(told).contains("grep -q good lint.txt, on the base: exit code 1 in 0 s");
  }

  @Test
  void where_nothing_failed_nothing_is_tried_out() throws Exception {
    compare("test -e pump.txt");

    assertThat(home.scratch(JOB)).doesNotExist();
    assertThat(told).isEmpty();
  }

  @Test
  void a_base_is_asked_once_for_all_jobs_and_leaves_nothing_behind() throws Exception {
    String lint = "echo run >> '%s'; grep -q good lint.txt".formatted(ran);
    compare(lint);
    List<Check> again = compare(lint);

    assertThat(again.getFirst().isRegression()).isFalse();
    // Twice on the change, once on its base.
    assertThat(Files.readAllLines(ran)).hasSize(3);
    assertThat(home.scratch(JOB)).doesNotExist();
    assertThat(HomeSurvey.of(home).unknown()).isEmpty();
  }

  @Test
  void what_a_crash_left_of_it_is_made_anew_and_is_known_to_be_the_job_s() throws Exception {
    Worktree left = mirror().scratch(JOB, worktree.base());
    Files.writeString(left.path().resolve("lint.txt"), "good\n");
    Files.createDirectories(home.worktrees().resolve(".1-base.making"));

    HomeSurvey survey = HomeSurvey.of(home);
    assertThat(survey.unknown()).isEmpty();
    assertThat(survey.jobs()).hasSize(1);
    assertThat(survey.jobs().getFirst().mirrors()).containsExactly(ENGINE);
    assertThat(compare("grep -q good lint.txt").getFirst().isRegression()).isFalse();
    assertThat(home.worktrees().resolve(".1-base.making")).doesNotExist();
    assertThat(worktree.path()).exists();
  }

  @Test
  void a_place_that_cannot_be_made_leaves_nothing_of_itself() throws Exception {
    List<Check> run = List.of(ran("grep -q good lint.txt"));
    String blob = new Formatter().idFor(Constants.OBJ_BLOB, Constants.encode("bad\n")).name();
    Files.delete(
        mirror()
            .path()
            .resolve("objects")
            .resolve(blob.substring(0, 2))
            .resolve(blob.substring(2)));

    assertThat(
            baseline()
                .compare(place(), run, budget(Duration.ofMinutes(9)), new Told())
                .getFirst()
                .onBase())
        .isEmpty();

    assertThat(told).anyMatch(line -> line.startsWith("Nothing could be run on the base: "));
    assertThat(home.worktrees()).isDirectoryNotContaining("glob:**1-base*");
  }

  @Test
  void it_goes_with_the_job_s_own_worktree() {
    mirror().scratch(JOB, worktree.base());

    mirrors.upkeep(ENGINE).orElseThrow().remove(JOB);

    assertThat(home.scratch(JOB)).doesNotExist();
    assertThat(home.worktree(JOB)).doesNotExist();
  }

  @Test
  void the_setup_runs_there_first_and_one_that_fails_blames_nobody() throws Exception {
    setup = Optional.of("cp lint.txt made.txt");
    assertThat(compare("grep -q good made.txt").getFirst().isRegression()).isFalse();

    setup = Optional.of("exit 1");
    Check unknown = compare("grep -q good lint.txt").getFirst();
    assertThat(unknown.onBase()).isEmpty();
    assertThat(unknown.isRegression()).isTrue();
    assertThat(told).contains("The setup command does not pass on the base");
  }

  @Test
  void a_job_that_is_called_off_meanwhile_ends_and_leaves_nothing() {
    assertThatExceptionOfType(LeaseLostException.class)
        .isThrownBy(() ->
            baseline()
                .compare(
                    place("exit 1"),
                    List.of(failed("exit 1")),
                    budget(Duration.ofMinutes(9)),
                    new CalledOff()));

    assertThat(home.scratch(JOB)).doesNotExist();
  }

  @Test
  void it_takes_no_more_than_a_part_of_the_time_that_is_left() {
    List<Check> checks =
        baseline()
            .compare(
                place("sleep 300", "true"),
                List.of(failed("sleep 300"), failed("true")),
                budget(Duration.ofSeconds(4)),
                new Told());

    assertThat(checks).allMatch(Check::isRegression);
    // In a second, and on a busy machine a little later.
    assertThat(told).singleElement().asString().startsWith("sleep 300, on the base: timed out in ");
  }

  @Test
  void tests_that_fail_without_the_fix_prove_it() throws Exception {
    write("pump.txt", "runs\n");
    write("test/pump.sh", "grep -q runs pump.txt\n");

    assertThat(prove(FIX, "test -e pump.txt", "sh test/pump.sh"))
        .contains(new Proof.RedThenGreen(1, "sh test/pump.sh", "exit code 1"));
  }

  @Test
  void tests_that_pass_without_the_fix_prove_nothing() throws Exception {
    write("pump.txt", "runs\n");
    write("test/pump.sh", "test -e pump.txt\n");

    assertThat(prove(FIX, "sh test/pump.sh")).contains(new Proof.GreenBefore(1));
  }

  @Test
  void a_fix_without_a_test_says_so_and_what_is_no_fix_is_not_asked() throws Exception {
    write("pump.txt", "runs\n");

    assertThat(prove(FIX, "true")).contains(new Proof.NoTests());
    assertThat(prove(Answer.of("It runs."), "true")).isEmpty();
    assertThat(prove(FIX)).isEmpty();
  }

  @Test
  void a_fix_on_which_nothing_passes_is_proved_by_nothing() throws Exception {
    write("test/pump.sh", "exit 1\n");

    assertThat(prove(FIX, "sh test/pump.sh")).contains(new Proof.Unknown(1));
  }

  private List<Check> compare(String... commands) throws Exception {
    List<Check> run = new ArrayList<>();
    for (String command : commands) {
      run.add(ran(command));
    }
    return baseline().compare(place(commands), run, budget(Duration.ofMinutes(9)), new Told());
  }

  private Optional<Proof> prove(Answer answer, String... commands) throws Exception {
    List<Check> run = new ArrayList<>();
    for (String command : commands) {
      run.add(ran(command));
    }
    return new Proving(baseline())
        .of(
            place(commands),
            answer,
            worktree.snapshot(),
            run,
            budget(Duration.ofMinutes(9)),
            new Told());
  }

  /** As the checks of the change itself are run. */
  private Check ran(String command) throws Exception {
    CommandRun run = shell().run(command, place(command), Duration.ofMinutes(2), new Told());
    return new Check(command, run.passed(), run.result(), run.took(), run.output());
  }

  private static Check failed(String command) {
    return new Check(command, false, "exit code 1", Duration.ZERO, "");
  }

  private Baseline baseline() {
    return new Baseline(shell(), new BaselineRecord(home));
  }

  private Shell shell() {
    Model model = new Model("openai", "some");
    AttemptSettings settings =
        new AttemptSettings(model, model, limits(), Questions.GO_ON, "/usr/bin:/bin");
    Jail jail =
        new Jail(
            new NoSandbox(),
            home,
            new EgressProxy(new DirectInternet()),
            () -> Path.of("/nowhere"));
    return new Commands(settings, jail);
  }

  private static Limits limits() {
    return limits(Duration.ofMinutes(9));
  }

  private static Limits limits(Duration time) {
    return new Limits(time, BigDecimal.TEN, Duration.ofMinutes(5), 2, 3);
  }

  private static Budget budget(Duration time) {
    return new Budget(
        limits(time), Spent.NOTHING, Spent.NOTHING, new FakeMeter(), InstantSource.fixed(NOON));
  }

  private Workplace place(String... commands) {
    RepositoryConfig none = RepositoryConfig.NONE;
    RepositoryConfig config =
        new RepositoryConfig(
            none.base(),
            setup,
            List.of(commands),
            none.instructions(),
            none.planning(),
            none.review(),
            none.questions(),
            none.protectedPaths(),
            none.network(),
            none.model(),
            none.limits(),
            none.handover());
    return new Workplace(
        mirror(),
        worktree,
        new BranchName("main"),
        new BranchName("knight/7"),
        Brief.of(ENGINE, mention(), List.of(), List.of()),
        config,
        "",
        limits(),
        directory,
        JobNetwork.none(),
        CommitStyle.NONE);
  }

  private static Mention mention() {
    return new Mention(
        "node",
        new Subject(ENGINE, 7),
        Mention.Source.ISSUE,
        7,
        new Person(1, "ada"),
        "Mend the pump",
        "@knight mend it",
        URI.create("https://github.com/ada/engine/issues/7"),
        NOON);
  }

  private void write(String file, String text) throws IOException {
    Path path = worktree.path().resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Mirror mirror() {
    return mirrors.mirror(ENGINE, URI.create("http://127.0.0.1:1/ada/engine.git"));
  }

  private class Told extends QuietProgress {
    @Override
    public Job job() {
      return new MemoryJobStore().accept(mention(), NOON);
    }

    @Override
    public void tell(String kind, String text) {
      told.add(text);
    }
  }

  /** Is called off while the command runs. */
  private final class CalledOff extends Told {
    @Override
    public void tell(String kind, String text) {
      throw new LeaseLostException(JOB);
    }
  }
}
