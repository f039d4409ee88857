package dev.knight.ci;

import static dev.knight.ci.CiWorld.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Effect;
import dev.knight.job.Job;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobState.Failed;
import dev.knight.job.JobState.Queued;
import dev.knight.job.Mention;
import dev.knight.rehearsal.Fault;
import dev.knight.rehearsal.Workflow;
import dev.knight.rehearsal.Workflow.Built;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WatchTest {
  private static final Duration A_WHILE = Duration.ofMinutes(3);

  @TempDir Path directory;
  private CiWorld ci;

  @BeforeEach
  void open() throws IOException {
    ci = new CiWorld(directory.resolve("hub"));
  }

  @AfterEach
  void close() throws IOException {
    ci.close();
  }

  /** Red on every branch but the default one, by {@code built}. */
  private void workflow(Workflow built) {
    ci.world()
        .addWorkflow(
            ENGINE,
            "ci",
            "build",
            build -> build.branch().equals("main") ? Built.passed() : built.run(build));
  }

  @Test
  void green_checks_become_a_line_and_wake_nobody() {
    workflow(_ -> Built.passed());
    Job job = ci.done(false);

    ci.pass(Duration.ofSeconds(50));
    assertThat(ci.line(job)).isEmpty();
    ci.pass(A_WHILE);

    assertThat(ci.line(job))
        .isEqualTo("Checks on GitHub for `%s`: 1 passed.".formatted(ci.head().substring(0, 10)));
    assertThat(ci.job(job).state()).isInstanceOf(Done.class);
    assertThat(ci.job(job).version()).isEqualTo(job.version() + 1);
    assertThat(ci.evidence(job)).isEmpty();
    assertThat(ci.replies()).isEmpty();
  }

  @Test
  void no_check_at_all_is_no_success_and_says_nothing() {
    Job job = ci.done(true);

    ci.pass(A_WHILE);

    assertThat(ci.line(job)).isEmpty();
    assertThat(ci.pull().draft()).isTrue();
  }

  @Test
  void a_red_check_wakes_the_job_that_opened_it_also_while_a_question_is_answered_there() {
    workflow(_ -> Built.failed("make test", "the engine is dry"));
    Job job = ci.done(false);
    Job asked = ci.asked();

    ci.pass(A_WHILE);

    assertThat(ci.job(job).state()).isInstanceOf(Queued.class);
    assertThat(ci.evidence(job)).hasSize(1);
    assertThat(ci.evidence(asked)).isEmpty();
  }

  @Test
  void what_a_log_says_is_nobodys_request_also_where_the_job_that_it_woke_fails() {
    workflow(_ -> Built.failed("make test", "the engine is dry"));
    Job job = ci.done(false);
    ci.pass(A_WHILE);

    ci.failed(job);
    ci.pass(Duration.ofMinutes(10));

    assertThat(ci.job(job).state()).isInstanceOf(Failed.class);
    assertThat(ci.store.jobs(9)).hasSize(1);
  }

  @Test
  void a_red_check_wakes_the_job_with_what_matters_of_its_log_and_once() {
    workflow(_ -> Built.failed("make test", "the engine is dry\nkey hunter2hunter2"));
    Job job = ci.done(false);

    ci.pass(A_WHILE);
    ci.restart();
    ci.pass(A_WHILE);

    assertThat(ci.job(job).state()).isInstanceOf(Queued.class);
    assertThat(ci.evidence(job)).hasSize(1);
    assertThat(ci.evidence(job).getFirst())
        .contains("the last commit that was pushed for you")
        .contains("Check \"build\" of github-actions: failure, in step \"make test\"")
        .contains("the engine is dry")
        .contains("key ***")
        .doesNotContain("Ubuntu");
    Mention mention = ci.store.mentions(job.id()).getLast().mention();
    assertThat(mention.author().login()).isEqualTo("ada");
    assertThat(mention.nodeId()).isEqualTo("checks:2:" + ci.head());
    assertThat(ci.attempts()).isEqualTo(1);
  }

  @Test
  void nothing_is_final_while_something_runs_or_has_just_changed() {
    workflow(_ -> Built.running());
    Job job = ci.done(false);
    ci.world().check(ENGINE, ci.head(), "lint-app", "lint", Built.failed("Lint", "too long"));

    ci.pass(A_WHILE);
    assertThat(ci.evidence(job)).isEmpty();
    ci.world().conclude(ENGINE, ci.head(), "build", Built.passed());
    ci.pass(Duration.ofSeconds(55));
    assertThat(ci.evidence(job)).isEmpty();
    ci.pass(A_WHILE);

    assertThat(ci.evidence(job)).hasSize(1);
    assertThat(ci.evidence(job).getFirst())
        .contains("Check \"lint\" of lint-app: failure")
        .contains("too long")
        .contains(".github:1: Process completed");
  }

  @Test
  void what_passes_on_another_try_is_run_again_and_no_model_is_asked() {
    workflow(build ->
        build.attempt() < 3
            ? Built.failed("make test", "fetch: Could not resolve host: oil.example")
            : Built.passed());
    Job job = ci.done(false);

    ci.pass(Duration.ofMinutes(10));

    assertThat(ci.attempts()).isEqualTo(3);
    assertThat(ci.evidence(job)).isEmpty();
    assertThat(ci.replies()).isEmpty();
    assertThat(ci.line(job)).endsWith("1 passed.");
    assertThat(ci.store.effects(job.id()))
        .filteredOn(effect -> effect.kind() == Effect.Kind.RERUN)
        .hasSize(2)
        .allSatisfy(effect -> assertThat(effect.state()).isEqualTo(Effect.State.DONE));
  }

  @Test
  void a_broken_machine_is_tried_three_times_and_then_told_once() {
    workflow(_ -> Built.failed("make test", "No space left on device"));
    Job job = ci.done(false);

    ci.pass(Duration.ofMinutes(15));
    ci.restart();
    ci.pass(A_WHILE);

    assertThat(ci.attempts()).isEqualTo(4);
    assertThat(ci.evidence(job)).isEmpty();
    assertThat(ci.replies()).hasSize(1);
    assertThat(ci.replies().getFirst())
        .startsWith("@ada, on `")
        .contains("`build` fails by its machine or the network");
    assertThat(ci.line(job)).contains("0 passed, 1 not: `build`. It is nothing that I can mend.");
  }

  @Test
  void what_passed_before_on_the_same_commit_and_cannot_be_run_again_is_told() {
    Job job = ci.done(false);
    ci.world().check(ENGINE, ci.head(), "other", "x", Built.passed());
    ci.pass(A_WHILE);
    assertThat(ci.line(job)).endsWith("1 passed.");
    ci.world().check(ENGINE, ci.head(), "other", "x", Built.failed("x", "y"));

    ci.pass(Duration.ofMinutes(10));

    assertThat(ci.evidence(job)).isEmpty();
    assertThat(ci.replies()).hasSize(1);
    assertThat(ci.replies().getFirst()).contains("`x` passes and fails on the same commit");
  }

  @Test
  void what_is_red_on_the_base_as_well_is_told_once_for_all_commits() {
    ci.world().addWorkflow(ENGINE, "ci", "build", _ -> Built.failed("make", "dry"));
    Job job = ci.done(false);
    ci.pass(A_WHILE);
    ci.push("ada");

    ci.pass(Duration.ofMinutes(10));

    assertThat(ci.evidence(job)).isEmpty();
    assertThat(ci.replies()).hasSize(1);
    assertThat(ci.replies().getFirst()).contains("`build` fails on `main` as well");
    assertThat(ci.store.replies().getFirst().key())
        .as("no other repository's")
        .startsWith("checks-outside:" + ci.pull().subject());
    assertThat(ci.line(job)).contains(ci.head().substring(0, 10));
  }

  @Test
  void a_cancelled_check_is_nobodys_fault() {
    workflow(_ -> Built.concluded("cancelled", ""));
    Job job = ci.done(false);

    ci.pass(A_WHILE);

    assertThat(ci.evidence(job)).isEmpty();
    assertThat(ci.replies()).hasSize(1);
    assertThat(ci.replies().getFirst()).contains("`build` was cancelled");
  }

  @Test
  void what_passed_here_is_run_again_once_before_it_is_believed() {
    ci.configure("verify: [sh test.sh]");
    workflow(_ -> Built.failed("sh test.sh", "expected 1, got 2"));
    Job job = ci.done(false);

    ci.pass(Duration.ofMinutes(10));

    assertThat(ci.attempts()).isEqualTo(2);
    assertThat(ci.evidence(job)).hasSize(1);
  }

  @Test
  void after_its_rounds_it_says_so_and_begins_anew_when_a_person_speaks() {
    workflow(_ -> Built.failed("make", "dry"));
    Job job = ci.done(false);

    for (int round = 1; round <= 2; round++) {
      ci.pass(A_WHILE);
      assertThat(ci.evidence(job)).hasSize(round);
      ci.again(ci.job(job));
    }
    ci.pass(Duration.ofMinutes(10));
    assertThat(ci.evidence(job)).hasSize(2);
    assertThat(ci.replies()).hasSize(1);
    assertThat(ci.replies().getFirst())
        .contains("`build` is red. I have tried twice, and leave it to you now.");

    ci.store.accept(said(job), ci.clock.instant());
    ci.again(ci.job(job));
    ci.pass(A_WHILE);
    assertThat(ci.evidence(job)).hasSize(3);
  }

  @Test
  void its_rounds_end_also_where_githubs_clock_is_ahead() {
    workflow(_ -> Built.failed("make", "dry"));
    Job job = ci.done(false);
    Mention said = said(job);
    ci.clock.pass(Duration.ofHours(-1));
    ci.restart();
    ci.store.accept(said, ci.clock.instant());
    ci.again(ci.job(job));

    for (int round = 1; round <= 2; round++) {
      ci.pass(A_WHILE);
      ci.again(ci.job(job));
    }
    ci.pass(A_WHILE);

    assertThat(ci.evidence(job)).hasSize(2);
    assertThat(ci.replies()).hasSize(1);
    assertThat(ci.store.mentions(job.id()).getFirst().mention().source())
        .isEqualTo(Mention.Source.COMMAND);
  }

  @Test
  void a_round_that_mends_nothing_ends_with_a_reason_and_wakes_nobody_again() {
    workflow(_ -> Built.failed("make", "dry"));
    Job job = ci.done(false);
    ci.pass(A_WHILE);
    ci.unchanged(ci.job(job), false);

    ci.pass(Duration.ofMinutes(10));
    ci.restart();
    ci.pass(A_WHILE);

    assertThat(ci.evidence(job)).hasSize(1);
    assertThat(ci.replies()).hasSize(1);
    assertThat(ci.replies().getFirst())
        .startsWith("@ada, on `")
        .endsWith("`build` is red. I have looked at it and found nothing to mend:\n\n> Oiled");
  }

  @Test
  void a_draft_that_a_person_made_stays_one() {
    workflow(_ -> Built.passed());
    Job job = ci.done(true);
    ci.pass(A_WHILE);
    assertThat(ci.pull().draft()).isFalse();

    Job reopened = ci.job(job).reopen(ci.clock.instant(), ci.clock.instant());
    ci.store.replace(ci.job(job), reopened, List.of());
    ci.world().convertToDraft(ci.pull().subject());
    ci.unchanged(ci.job(job), true);
    ci.pass(Duration.ofMinutes(10));

    assertThat(ci.pull().draft()).isTrue();
  }

  private Mention said(Job job) {
    return new Mention(
        "IC_1",
        ci.pull().subject(),
        Mention.Source.ISSUE_COMMENT,
        1,
        job.requester(),
        "Oil it",
        "@knight go on",
        ci.pull().link(),
        ci.clock.instant());
  }

  @Test
  void a_repository_may_want_fewer_rounds_or_none_of_it() {
    ci.configure("limits: {ci-rounds: 0}");
    workflow(_ -> Built.failed("make", "dry"));
    Job job = ci.done(false);
    ci.pass(A_WHILE);
    assertThat(ci.evidence(job)).isEmpty();
    assertThat(ci.replies()).hasSize(1);
    assertThat(ci.replies().getFirst()).contains("I do not go after red checks by myself here.");

    ci.configure("ci: false");
    ci.push("ada");
    ci.pass(A_WHILE);
    assertThat(ci.replies()).hasSize(1);
  }

  @Test
  void a_commit_of_somebody_else_on_top_is_watched_and_told_as_such() {
    workflow(build ->
        build.files().apply("work.txt").orElse("").contains("2")
            ? Built.failed("make", "dry")
            : Built.passed());
    Job job = ci.done(false);
    ci.pass(A_WHILE);
    ci.push("ada");

    ci.pass(Duration.ofMinutes(10));

    assertThat(ci.evidence(job)).hasSize(1);
    assertThat(ci.evidence(job).getFirst()).contains("somebody else pushed on top of your work");
  }

  @Test
  void a_draft_of_its_own_is_ready_when_all_that_is_required_has_passed() {
    workflow(_ -> Built.passed());
    ci.world().require(ENGINE, "main", Set.of("build", "review-app"));
    Job job = ci.done(true);
    ci.pass(A_WHILE);
    assertThat(ci.pull().draft()).isTrue();

    ci.world().check(ENGINE, ci.head(), "review-app", "review-app", Built.passed());
    ci.pass(Duration.ofMinutes(10));

    assertThat(ci.pull().draft()).isFalse();
    assertThat(ci.job(job).state())
        .isInstanceOfSatisfying(Done.class, done -> assertThat(done.draft()).isFalse());
    assertThat(ci.line(job)).endsWith("2 passed.");
  }

  @Test
  void a_fine_grained_token_reads_actions_and_statuses_instead() {
    workflow(_ -> Built.failed("make", "dry"));
    Job job = ci.done(false);
    ci.world().check(ENGINE, ci.head(), "", "old-ci", Built.passed());
    ci.token("ghp_fine");

    ci.pass(A_WHILE);

    assertThat(ci.evidence(job)).hasSize(1);
    assertThat(ci.evidence(job).getFirst()).contains("in step \"make\"").contains("dry");
  }

  @Test
  void a_fine_grained_token_shows_what_is_red_on_the_base_as_well() {
    ci.world().addWorkflow(ENGINE, "ci", "build", _ -> Built.failed("make", "dry"));
    Job job = ci.done(false);
    ci.token("ghp_fine");

    ci.pass(A_WHILE);

    assertThat(ci.evidence(job)).isEmpty();
    assertThat(ci.replies()).hasSize(1);
    assertThat(ci.replies().getFirst()).contains("`build` fails on `main` as well");
  }

  @Test
  void a_token_that_sees_nothing_says_so_and_asks_seldom() {
    workflow(_ -> Built.failed("make", "dry"));
    Job job = ci.done(false);
    ci.token("ghp_narrow");

    ci.pass(Duration.ofMinutes(10));

    assertThat(ci.line(job)).contains("my token may not read them");
    assertThat(ci.evidence(job)).isEmpty();
    assertThat(asked("/check-runs")).isEqualTo(1);
  }

  @Test
  void where_nothing_moves_little_is_asked_and_that_costs_nothing() {
    workflow(_ -> Built.passed());
    ci.done(false);
    ci.pass(A_WHILE);
    ci.standIn.forgetRequests();

    ci.pass(Duration.ofMinutes(60));

    assertThat(asked("/check-runs")).isBetween(10L, 16L);
    assertThat(ci.standIn.requests())
        .filteredOn(seen -> seen.path().contains("/check-runs"))
        .allSatisfy(seen -> assertThat(seen.status()).isEqualTo(304));
  }

  @Test
  void a_pull_request_that_is_closed_is_left_alone() {
    workflow(_ -> Built.failed("make", "dry"));
    Job job = ci.done(false);
    ci.world().closeIssue(ci.pull().subject());

    ci.pass(Duration.ofMinutes(10));

    assertThat(ci.evidence(job)).isEmpty();
    assertThat(asked("/check-runs")).isZero();
  }

  @Test
  void a_repository_that_is_served_no_more_is_left_alone() {
    workflow(_ -> Built.failed("make", "dry"));
    ci.done(false);
    ci.leave();
    ci.standIn.forgetRequests();

    ci.pass(A_WHILE);

    assertThat(ci.standIn.requests()).isEmpty();
  }

  @Test
  void where_no_pull_request_is_watched_nobody_looks_until_something_is_written() {
    ci.pass(A_WHILE);
    assertThat(ci.watch().isDue()).isFalse();

    ci.done(false);

    assertThat(ci.watch().isDue()).isTrue();
  }

  @Test
  void another_try_whose_answer_was_lost_is_not_made_twice() {
    workflow(build -> build.attempt() == 1 ? Built.failed("make", "ECONNRESET") : Built.running());
    Job job = ci.done(false);
    ci.standIn.inject(Fault.on("POST", ".*/rerun-failed-jobs").dropAfter().times(1));

    ci.pass(A_WHILE);
    ci.restart();
    ci.pass(A_WHILE);

    assertThat(ci.attempts()).isEqualTo(2);
    assertThat(ci.evidence(job)).isEmpty();
    assertThat(ci.replies()).isEmpty();
  }

  @Test
  void another_try_that_never_left_is_made_after_all() {
    workflow(build -> build.attempt() == 1 ? Built.failed("make", "ECONNRESET") : Built.passed());
    Job job = ci.done(false);
    ci.standIn.inject(Fault.on("POST", ".*/rerun-failed-jobs").dropBefore().times(1));

    ci.pass(Duration.ofMinutes(6));

    assertThat(ci.attempts()).isEqualTo(2);
    assertThat(ci.line(job)).endsWith("1 passed.");
    assertThat(List.copyOf(ci.store.effects(job.id())))
        .filteredOn(effect -> effect.kind() == Effect.Kind.RERUN)
        .singleElement()
        .satisfies(effect -> assertThat(effect.state()).isEqualTo(Effect.State.DONE));
  }

  private long asked(String path) {
    return ci.standIn.requests().stream().filter(seen -> seen.path().endsWith(path)).count();
  }
}
