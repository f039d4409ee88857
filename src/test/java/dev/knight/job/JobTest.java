package dev.knight.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.job.JobState.Done;
import dev.knight.job.JobState.Failed;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.NoChange;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobState.Stopped;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JobTest {
  /** The whole machine: each situation, each verb, and the state after it; {@code -} is illegal. */
  private static final String MACHINE =
      """
      situation  claim    enter    renew    retryAt   retryNow  release  takeBack   ask        answer  done  no-change  failed  stopped  stop     kept     postpone  hold       letThrough  planFirst  propose    approve  reopen  extend  notice  ready
      queued     running  -        -        -         -         -        -          -          -       -     -          -       -        stopped  -        -         -          -           queued     -          -        -       -       -       -
      running    -        running  running  retrying  -         running  running    needs-you  -       done  no-change  failed  -        stopped  -        retrying  needs-you  -           running    needs-you  -        -       -       -       -
      abandoned  running  running  running  retrying  -         running  running    needs-you  -       done  no-change  failed  -        stopped  -        retrying  needs-you  -           running    needs-you  -        -       -       -       -
      released   running  running  running  retrying  -         running  running    needs-you  -       done  no-change  failed  -        stopped  -        retrying  needs-you  -           running    needs-you  -        -       -       -       -
      crashed    -        running  running  retrying  -         running  needs-you  needs-you  -       done  no-change  failed  -        stopped  -        retrying  needs-you  -           running    needs-you  -        -       -       -       -
      retrying   -        -        -        -         retrying  -        -          -          -       -     -          -       -        stopped  -        -         -          -           retrying   -          -        -       -       -       -
      due        running  -        -        -         retrying  -        -          -          -       -     -          -       -        stopped  -        -         -          -           retrying   -          -        -       -       -       -
      needs-you  -        -        -        -         -         -        -          -          queued  -     -          -       -        stopped  -        -         -          -           needs-you  -          -        -       -       -       -
      held       -        -        -        -         -         -        -          -          queued  -     -          -       -        stopped  -        -         -          queued      needs-you  -          -        -       -       -       -
      done       -        -        -        -         -         -        -          -          -       -     -          -       -        -        -        -         -          -           -          -          -        queued  -       done    done
      no-change  -        -        -        -         -         -        -          -          -       -     -          -       -        -        -        -         -          -           -          -          -        -       -       -       -
      failed     -        -        -        -         -         -        -          -          -       -     -          -       -        -        -        -         -          -           -          -          -        queued  -       -       -
      limited    -        -        -        -         -         -        -          -          -       -     -          -       -        -        -        -         -          -           -          -          -        queued  queued  -       -
      stopped    -        -        -        -         -         -        -          -          -       -     -          -       -        -        stopped  -         -          -           -          -          -        -       -       -       -
      planned    -        -        -        -         -         -        -          -          queued  -     -          -       -        stopped  -        -         -          -           needs-you  -          queued   -       -       -       -
      answered   -        -        -        -         -         -        -          -          -       -     -          -       -        -        -        -         -          -           -          -          -        -       -       -       -
      """;

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Failure BUSY = new Failure.Own("busy", Optional.empty());
  private static final String TREE = "0123456789012345678901234567890123456789";
  private static final URI PULL_REQUEST = URI.create("https://github.com/ada/engine/pull/8");

  static Stream<Arguments> cells() {
    List<List<String>> rows = MACHINE.lines().map(JobTest::words).toList();
    List<String> verbs = rows.getFirst();
    return rows.stream()
        .skip(1)
        .flatMap(row ->
            IntStream.range(1, verbs.size())
                .mapToObj(
                    column -> Arguments.of(row.getFirst(), verbs.get(column), row.get(column))));
  }

  @ParameterizedTest(name = "{0} + {1} = {2}")
  @MethodSource("cells")
  void each_verb_leads_where_the_machine_says(String situation, String verb, String next) {
    Job job = job(situation);

    if (next.equals("-")) {
      assertThatThrownBy(() -> after(job, verb))
          .isInstanceOf(IllegalTransitionException.class)
          .hasMessageContaining("Job 7 is " + job.state().word());
    } else {
      Job after = after(job, verb);
      assertThat(after.state().word()).isEqualTo(next);
      assertThat(after.updatedAt()).isEqualTo(NOW);
      assertThat(after.version()).isEqualTo(job.version());
      assertThat(after.createdAt()).isEqualTo(job.createdAt());
    }
  }

  @Test
  void the_table_has_every_state_and_every_verb() {
    List<String> situations =
        MACHINE.lines().skip(1).map(line -> job(words(line).getFirst()).state().word()).toList();
    long verbs =
        Arrays.stream(Job.class.getMethods())
            .filter(method -> method.getReturnType() == Job.class)
            .filter(method -> !List.of("onBranch", "having").contains(method.getName()))
            .count();

    assertThat(situations)
        .contains("queued", "running", "retrying", "needs-you")
        .contains("done", "no-change", "failed", "stopped");
    // finish stands for four columns, one for each end.
    assertThat(words(MACHINE.lines().findFirst().orElseThrow())).hasSize((int) verbs + 4);
  }

  @Test
  void a_claim_of_a_waiting_job_starts_its_next_attempt() {
    Job claimed = job("due").claim("host", LATER, NOW);

    assertThat(claimed.attempt()).isEqualTo(3);
    assertThat(claimed.token()).isEqualTo(6);
    assertThat(claimed.state()).isEqualTo(new Running(new Lease("host", 6, LATER), Step.PREPARE));
  }

  @Test
  void an_abandoned_job_goes_on_with_its_attempt_under_a_new_lease() {
    Job claimed = job("abandoned").claim("other", LATER, NOW);

    assertThat(claimed.attempt()).isEqualTo(2);
    assertThat(claimed.token()).isEqualTo(6);
  }

  @Test
  void a_released_job_can_be_claimed_at_once_and_keeps_its_attempt() {
    Job again = job("running").release(NOW).claim("other", LATER, NOW);

    assertThat(again.attempt()).isEqualTo(2);
  }

  @Test
  void a_job_that_shall_not_wait_can_be_claimed_at_once() {
    Job claimed = job("retrying").retryNow(NOW).claim("host", LATER, NOW);

    assertThat(claimed.attempt()).isEqualTo(3);
  }

  @Test
  void a_job_that_waited_for_the_world_goes_on_with_its_attempt() {
    Failure away = new Failure.Outage(Side.MODEL, "away", Optional.empty());

    Job claimed = job("running").retryAt(NOW, away, NOW).claim("host", LATER, NOW);

    assertThat(claimed.attempt()).isEqualTo(2);
    assertThat(claimed.setbacks().waits()).isEqualTo(1);
  }

  @Test
  void a_job_that_failed_by_itself_starts_its_next_attempt() {
    Job claimed = job("running").retryAt(NOW, BUSY, NOW).claim("host", LATER, NOW);

    assertThat(claimed.attempt()).isEqualTo(3);
    assertThat(claimed.setbacks().failures()).isEqualTo(1);
  }

  @Test
  void a_service_that_ends_in_order_has_not_crashed() {
    Job again = job("crashed").release(NOW).takeBack(NOW);

    assertThat(again.state()).isInstanceOf(Running.class);
    assertThat(again.setbacks().crashes()).isZero();
  }

  @Test
  void a_job_that_was_not_taken_up_again_has_not_crashed_twice() {
    Job again = job("running").takeBack(NOW).takeBack(NOW);

    assertThat(again.setbacks().crashes()).isEqualTo(1);
    assertThat(again.state()).isInstanceOf(Running.class);
  }

  @Test
  void two_crashes_in_a_row_park_the_job_and_say_how_to_go_on() {
    Job parked = job("crashed").takeBack(NOW);

    assertThat(parked.state())
        .isInstanceOfSatisfying(
            NeedsYou.class,
            needs -> assertThat(needs.question()).contains("2 times").contains("knight retry 7"));
    assertThat(parked.answer(NOW).setbacks()).isEqualTo(Setbacks.NONE);
  }

  @Test
  void a_step_further_than_the_crash_forgets_it() {
    Job job = job("running").enter(Step.IMPLEMENT, NOW).takeBack(NOW).claim("host", LATER, NOW);
    assertThat(job.setbacks().crashes()).isEqualTo(1);

    Job asFar = job.enter(Step.PREPARE, NOW);
    Job further = asFar.enter(Step.IMPLEMENT, NOW);

    assertThat(asFar.setbacks().crashes()).isEqualTo(1);
    assertThat(further.setbacks().crashes()).isZero();
  }

  @Test
  void a_job_that_is_postponed_comes_back_with_the_attempt_that_it_had() {
    Job claimed = job("due").claim("host", LATER, NOW);

    Job again = claimed.postpone(NOW, "no money today", NOW).claim("host", LATER, NOW);

    assertThat(again.attempt()).isEqualTo(claimed.attempt());
  }

  @Test
  void a_step_is_entered_under_the_same_lease() {
    Job entered = job("running").enter(Step.VERIFY, NOW);

    assertThat(entered.state()).isEqualTo(new Running(lease(LATER), Step.VERIFY));
  }

  @Test
  void a_renewed_lease_keeps_the_step() {
    Instant end = LATER.plusSeconds(60);

    Job renewed = job("running").renew(end, NOW);

    assertThat(renewed.state()).isEqualTo(new Running(lease(end), Step.IMPLEMENT));
  }

  @Test
  void a_job_keeps_its_branch_and_its_cost_through_a_change_of_state() {
    Spent spent = new Spent(10, 20, new BigDecimal("0.5"));

    Job job = job("running").onBranch("knight/7").having(spent).retryAt(LATER, BUSY, NOW);

    assertThat(job.branch()).contains("knight/7");
    assertThat(job.spent()).isEqualTo(spent);
  }

  @Test
  void a_held_job_may_publish_exactly_what_a_person_let_through() {
    Job held = job("running").hold(new Hold(TREE, "+evil"), "Shall it go out?", NOW);
    Job released = held.letThrough("ada", NOW);

    assertThat(held.isHeld()).isTrue();
    assertThat(held.mayPublish(TREE)).isFalse();
    assertThat(released.isHeld()).isFalse();
    assertThat(released.mayPublish(TREE)).isTrue();
    assertThat(released.mayPublish(TREE.replace('0', '1'))).isFalse();
    assertThat(released.claim("host", LATER, NOW).mayPublish(TREE)).isTrue();
  }

  @Test
  void an_answer_lets_nothing_through() {
    Job held = job("running").hold(new Hold(TREE, "+evil"), "Shall it go out?", NOW);

    assertThat(held.answer(NOW).mayPublish(TREE)).isFalse();
    assertThat(held.answer(NOW).hold()).isEmpty();
  }

  @Test
  void what_was_let_through_stays_so_when_the_service_dies_twice_under_it() {
    Job released = job("held").letThrough("ada", NOW).claim("host", LATER, NOW);

    Job parked = released.takeBack(NOW).claim("host", LATER, NOW).takeBack(NOW);

    assertThat(parked.state()).isInstanceOf(NeedsYou.class);
    assertThat(parked.isHeld()).isFalse();
    assertThat(parked.answer(NOW).mayPublish(TREE)).isTrue();
  }

  @Test
  void only_a_done_job_has_a_pull_request() {
    assertThat(job("done").pullRequest()).contains(PULL_REQUEST);
    assertThat(job("failed").pullRequest()).isEmpty();
    assertThat(job("running").pullRequest()).isEmpty();
  }

  @Test
  void a_job_that_goes_on_after_its_end_has_a_budget_that_begins_then() {
    Spent spent = new Spent(900, 90, new BigDecimal("0.5"), Duration.ofMinutes(2));

    Job again = job("done").having(spent).reopen(LATER, NOW);

    assertThat(again.spent()).isEqualTo(spent);
    assertThat(again.used()).isEqualTo(spent.minus(spent));
    assertThat(again.mandate().since()).contains(LATER);
    assertThat(again.mandate().extendedBy()).isEmpty();
  }

  @Test
  void a_job_that_a_limit_ended_goes_on_with_what_somebody_gives_it() {
    Spent spent = new Spent(900, 90, new BigDecimal("0.5"), Duration.ofMinutes(2));

    Job again = job("limited").having(spent).extend("grace", LATER, NOW);

    assertThat(again.mandate())
        .isEqualTo(new Mandate(new Plan.None(), spent, Optional.of(LATER), Optional.of("grace")));
  }

  @ParameterizedTest
  @CsvSource({
    "queued, STOP ACCOUNT",
    "running, STOP ACCOUNT",
    "retrying, STOP ACCOUNT",
    "needs-you, STOP",
    "held, STOP RELEASE",
    "planned, STOP APPROVE",
    "limited, EXTEND",
    "failed, ''",
    "done, ''",
    "stopped, ''"
  })
  void each_state_says_which_reactions_count(String situation, String controls) {
    assertThat(job(situation).controls().stream().map(Control::name))
        .containsExactlyInAnyOrderElementsOf(
            controls.isEmpty() ? List.of() : List.of(controls.split(" ")));
  }

  @Test
  void a_plan_is_agreed_on_by_somebody() {
    Job agreed = job("planned").approve("grace", Optional.empty(), NOW);
    Job said = job("planned").approve("grace", Optional.of("go,\n but gently"), NOW);

    assertThat(agreed.mandate().plan()).isEqualTo(new Plan.Approved("1. Cool it", "grace"));
    assertThat(said.mandate().plan())
        .isEqualTo(
            new Plan.Approved("1. Cool it\n\ngrace agreed, and said: go, but gently", "grace"));
  }

  @Test
  void costs_add_up() {
    Spent sum =
        new Spent(1, 2, new BigDecimal("0.1")).plus(new Spent(3, 4, new BigDecimal("0.02")));

    assertThat(sum).isEqualTo(new Spent(4, 6, new BigDecimal("0.12")));
    assertThat(sum.minus(new Spent(3, 4, new BigDecimal("0.02"))))
        .isEqualTo(new Spent(1, 2, new BigDecimal("0.10")));
  }

  private static List<String> words(String line) {
    return List.of(line.split("\\s+", -1));
  }

  private static Job after(Job job, String verb) {
    return switch (verb) {
      case "claim" -> job.claim("host", LATER, NOW);
      case "enter" -> job.enter(Step.REVIEW, NOW);
      case "renew" -> job.renew(LATER, NOW);
      case "retryAt" -> job.retryAt(LATER, BUSY, NOW);
      case "retryNow" -> job.retryNow(NOW);
      case "release" -> job.release(NOW);
      case "takeBack" -> job.takeBack(NOW);
      case "ask" -> job.ask("Which one?", NOW);
      case "answer" -> job.answer(NOW);
      case "done" -> job.finish(new Done(PULL_REQUEST, false, "made"), NOW);
      case "no-change" -> job.finish(new NoChange("was so already"), NOW);
      case "failed" -> job.finish(new Failed("broken", Optional.of("knight/7")), NOW);
      case "stopped" -> job.finish(new Stopped("enough"), NOW);
      case "stop" -> job.stop("enough", NOW);
      case "postpone" -> job.postpone(LATER, "no money today", NOW);
      case "hold" -> job.hold(new Hold(TREE, "+evil"), "Shall it go out?", NOW);
      case "letThrough" -> job.letThrough("ada", NOW);
      case "planFirst" -> job.planFirst(NOW);
      case "propose" -> job.propose("1. Cool it", NOW);
      case "approve" -> job.approve("ada", Optional.empty(), NOW);
      case "reopen" -> job.reopen(LATER, NOW);
      case "extend" -> job.extend("ada", LATER, NOW);
      case "notice" -> job.notice(NOW);
      case "ready" -> job.ready(NOW);
      case "kept" -> job.kept(Optional.of("knight/job-7"), NOW);
      default -> throw new AssertionError(verb);
    };
  }

  private static Job job(String situation) {
    Setbacks setbacks = situation.equals("crashed") ? Setbacks.NONE.crashed() : Setbacks.NONE;
    Optional<Hold> hold =
        situation.equals("held") ? Optional.of(new Hold(TREE, "+evil")) : Optional.empty();
    Plan plan = situation.equals("planned") ? new Plan.Proposed("1. Cool it") : new Plan.None();
    return in(
        setbacks,
        hold,
        new Mandate(plan, Spent.NOTHING),
        switch (situation) {
          case "queued" -> new Queued();
          case "running", "crashed" -> new Running(lease(LATER), Step.IMPLEMENT);
          case "abandoned" -> new Running(lease(NOW), Step.IMPLEMENT);
          case "released" -> new Running(lease(LATER).handedBack(NOW), Step.IMPLEMENT);
          case "retrying" -> new Retrying(LATER, "busy");
          case "due" -> new Retrying(NOW, "busy");
          case "needs-you", "held" -> new NeedsYou("Which one?");
          case "planned" -> new NeedsYou("1. Cool it");
          case "done" -> new Done(PULL_REQUEST, false, "made");
          case "answered" -> new JobState.Answered("It is blue.");
          case "no-change" -> new NoChange("was so already");
          case "failed" -> new Failed("broken", Optional.empty());
          case "limited" -> new Failed("The time is up.", Optional.empty(), true);
          case "stopped" -> new Stopped("enough");
          default -> throw new AssertionError(situation);
        });
  }

  private static Lease lease(Instant end) {
    return new Lease("host", 5, end);
  }

  private static Job in(Setbacks setbacks, Optional<Hold> hold, Mandate mandate, JobState state) {
    Instant before = NOW.minus(Duration.ofHours(1));
    return new Job(
        new JobId(7),
        3,
        new Subject(new RepositoryName("ada", "engine"), 12),
        JobKind.IMPLEMENT,
        "Engine stalls",
        new Person(1, "ada"),
        state,
        2,
        5,
        Optional.empty(),
        Spent.NOTHING,
        setbacks,
        hold,
        mandate,
        before,
        before);
  }
}
