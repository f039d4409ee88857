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
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VerifierTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");
  private static final JobId JOB = new JobId(1);
  private static final String TREE = "a".repeat(40);
  private static final String OTHER = "b".repeat(40);

  private static final Path NOWHERE = Path.of("/nowhere");

  @TempDir Path directory;
  private KnightHome home;
  private Mirrors mirrors;
  private Worktree worktree;
  private Path ran;

  @BeforeEach
  void start() throws IOException {
    home = new KnightHome(directory.resolve("home"));
    mirrors = new Mirrors(home, _ -> Optional.empty(), GitLimits.standard(), () -> NOON);
    worktree = mirror().worktree(JOB, TestMirror.commit(mirror().path(), "README.md", "Engine"));
    ran = directory.resolve("ran");
  }

  @AfterEach
  void stop() {
    mirrors.close();
  }

  @Test
  void a_check_that_ran_is_not_run_again_after_a_crash() throws Exception {
    Checks before = verify(TREE, counting("echo fine"), counting("echo broken; exit 3"));

    Checks after = verify(TREE, counting("echo fine"), counting("echo broken; exit 3"));

    assertThat(runs()).isEqualTo(2);
    assertThat(after.checks()).isEqualTo(before.checks());
    assertThat(after.checks()).extracting(Check::result).containsExactly("passed", "exit code 3");
    assertThat(after.checks()).extracting(Check::output).containsExactly("fine\n", "broken\n");
    assertThat(after.told()).last().asString().endsWith("exit code 3, as it has run already");
  }

  @Test
  void a_crash_between_two_checks_repeats_only_the_second() throws Exception {
    String first = counting("true");
    assertThatExceptionOfType(Crash.class)
        .isThrownBy(() -> verify(TREE, told -> told == 2, first, counting("echo second")));

    verify(TREE, first, counting("echo second"));

    assertThat(runs()).isEqualTo(3);
  }

  @Test
  void another_tree_is_checked_anew() throws Exception {
    verify(TREE, counting("true"));
    verify(OTHER, counting("true"));
    verify(TREE, counting("true"));

    assertThat(runs()).isEqualTo(3);
  }

  @Test
  void another_job_is_checked_by_itself() {
    CheckRecord record = new CheckRecord(home);
    record.keep(new JobId(8), TREE, List.of(new Check("make", true, "passed", Duration.ZERO, "")));

    assertThat(record.of(JOB, TREE)).isEmpty();
  }

  @Test
  void a_check_that_timed_out_is_no_result() throws Exception {
    Checks first = verify(TREE, Duration.ofSeconds(1), counting("sleep 300"));
    verify(TREE, Duration.ofSeconds(1), counting("sleep 300"));

    assertThat(first.checks()).extracting(Check::result).containsExactly("timed out");
    assertThat(runs()).isEqualTo(2);
  }

  @Test
  void a_check_that_was_killed_is_no_result() throws Exception {
    verify(TREE, counting("kill -9 $$"));
    verify(TREE, counting("kill -9 $$"));

    assertThat(runs()).isEqualTo(2);
  }

  @Test
  void a_check_that_was_called_off_is_no_result() throws Exception {
    assertThatExceptionOfType(LeaseLostException.class)
        .isThrownBy(() -> verify(TREE, new CalledOff(), Duration.ofMinutes(1), counting("exit 1")));

    verify(TREE, counting("exit 1"));

    assertThat(runs()).isEqualTo(2);
  }

  @Test
  void a_torn_record_only_costs_another_run() throws Exception {
    verify(TREE, counting("true"));
    Files.writeString(home.checks(JOB), Files.readString(home.checks(JOB)).substring(0, 30));

    Checks after = verify(TREE, counting("true"));

    assertThat(runs()).isEqualTo(2);
    assertThat(after.checks()).allMatch(Check::passed);
  }

  private record Checks(List<Check> checks, List<String> told) {}

  /** The death of the process. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }

  private interface CrashAt {
    boolean isIt(int told);
  }

  private Checks verify(String tree, String... commands) {
    return verify(tree, told -> false, commands);
  }

  private Checks verify(String tree, CrashAt crash, String... commands) {
    return verify(tree, new Told(crash), Duration.ofMinutes(2), commands);
  }

  private Checks verify(String tree, Duration limit, String... commands) {
    return verify(tree, new Told(told -> false), limit, commands);
  }

  /** With everything made anew, as after a restart. */
  private Checks verify(String tree, Told progress, Duration limit, String... commands) {
    Limits limits = new Limits(limit, BigDecimal.TEN, Duration.ofMinutes(5), 2, 3);
    Model model = new Model("openai", "some");
    AttemptSettings settings =
        new AttemptSettings(model, model, limits, Questions.GO_ON, "/usr/bin:/bin");
    Verifier verifier =
        new Verifier(
            new Commands(
                settings,
                new Jail(
                    new NoSandbox(), home, new EgressProxy(new DirectInternet()), () -> NOWHERE)),
            new CheckRecord(home));
    Budget budget =
        new Budget(
            limits, Spent.NOTHING, Spent.NOTHING, new FakeMeter(), InstantSource.fixed(NOON));
    List<Check> checks = verifier.verify(place(limits, commands), tree, budget, progress);
    return new Checks(checks, progress.told);
  }

  private Workplace place(Limits limits, String... commands) {
    RepositoryConfig none = RepositoryConfig.NONE;
    RepositoryConfig config =
        new RepositoryConfig(
            none.base(),
            none.setup(),
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
    Brief brief = Brief.of(ENGINE, mention(), List.of(), List.of());
    return new Workplace(
        mirror(),
        worktree,
        new BranchName("main"),
        new BranchName("knight/7"),
        brief,
        config,
        "",
        limits,
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

  /** {@code command}, which leaves a line for each time that it is run. */
  private String counting(String command) {
    return "echo run >> '%s'; %s".formatted(ran, command);
  }

  private int runs() throws IOException {
    return Files.readAllLines(ran).size();
  }

  private Mirror mirror() {
    return mirrors.mirror(ENGINE, URI.create("http://127.0.0.1:1/ada/engine.git"));
  }

  /** Hears the story of a job that nothing disturbs, until the process dies. */
  private static class Told extends QuietProgress {
    private final List<String> told = new ArrayList<>();
    private final CrashAt crash;

    Told(CrashAt crash) {
      this.crash = crash;
    }

    @Override
    public Job job() {
      return new MemoryJobStore().accept(mention(), NOON);
    }

    @Override
    public void tell(String kind, String text) {
      told.add(text);
      if (crash.isIt(told.size())) {
        throw new Crash();
      }
    }
  }

  /** Is called off while the command runs. */
  private static final class CalledOff extends Told {
    CalledOff() {
      super(told -> false);
    }

    @Override
    public void tell(String kind, String text) {
      throw new LeaseLostException(JOB);
    }
  }
}
