package dev.knight.intake;

import static dev.knight.intake.IntakeWorld.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Effect;
import dev.knight.job.Event;
import dev.knight.job.Hold;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobState;
import dev.knight.job.Plan;
import dev.knight.job.Subject;
import dev.knight.rehearsal.Fault;
import dev.knight.rehearsal.Permission;
import dev.knight.rehearsal.Reaction;
import dev.knight.rehearsal.SeenRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ControlsTest {
  private static final JobId ONE = new JobId(1);
  private static final String TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
  private static final String OTHER = "6b825dc642cb6eb9a060e54bf8d69288fbee4904";

  @TempDir Path directory;

  private IntakeWorld world;
  private Subject issue;
  private long comment;

  /** A job that is held, and whose status comment says so. */
  @BeforeEach
  void start() throws IOException {
    world = new IntakeWorld(directory, ENGINE);
    world.begin();
    issue = world.issue("ada", "@knight build it nightly");
    world.poll();
    comment = world.github.comment(issue, "I am on it").id();
    Effect effect = world.store.plan(ONE, Effect.Kind.STATUS_COMMENT, "", now());
    world.store.settle(
        effect.as(Effect.State.DONE, Optional.of(Long.toString(comment)), Optional.empty()));
    world.clock.pass(Duration.ofSeconds(5));
    hold(TREE);
    tell();
    world.clock.pass(Duration.ofSeconds(5));
  }

  @AfterEach
  void close() throws IOException {
    world.close();
  }

  private Instant now() {
    return world.clock.instant();
  }

  private Job job() {
    return world.store.find(ONE).orElseThrow();
  }

  private void hold(String tree) {
    Job running = world.store.claim(ONE, "w", now().plusSeconds(60), now()).orElseThrow();
    world.store.replace(running, running.hold(new Hold(tree, ""), "Look", now()), List.of());
  }

  private void tell() {
    String tree = job().hold().orElseThrow().shortTree();
    world.github.editComment(ENGINE, comment, "See tree `" + tree + "`");
    world.store.told(ONE, job().version(), "digest", now());
  }

  private void react(String who, String content) {
    Reaction.Target target = new Reaction.Target(Reaction.Kind.ISSUE_COMMENT, comment);
    world.standIn.world().react(ENGINE, target, who, content);
  }

  @Test
  void a_thumbs_up_of_who_may_command_lets_exactly_that_through() {
    react("ada", "+1");
    world.poll();

    assertThat(job().state().word()).isEqualTo("queued");
    assertThat(job().mayPublish(TREE)).isTrue();
    assertThat(job().hold().flatMap(Hold::releasedBy)).contains("ada");
    assertThat(world.store.events(ONE, 0)).extracting(Event::kind).contains("let-through");
  }

  @Test
  void a_strangers_or_a_bots_or_knights_own_lets_nothing_through() {
    world.standIn.world().addUser("eve");
    world.standIn.world().permit(ENGINE, "eve", Permission.READ);
    world.standIn.world().addBot("helper[bot]");
    world.standIn.world().permit(ENGINE, "helper[bot]", Permission.WRITE);
    react("eve", "+1");
    react("helper[bot]", "+1");
    react("knight-bot", "+1");
    world.poll();

    assertThat(world.requests("/collaborators/eve/permission")).hasSize(1);
    assertThat(job().isHeld()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"confused", "eyes", "heart", "rocket"})
  void another_reaction_lets_nothing_through(String content) {
    react("ada", content);
    world.poll();

    assertThat(job().isHeld()).isTrue();
  }

  @Test
  void a_thumbs_up_for_what_was_shown_before_does_not_count() {
    react("ada", "+1");
    Job held = job();
    world.store.replace(held, held.answer(now()), List.of());
    hold(OTHER);
    world.poll();
    assertThat(job().isHeld()).as("not shown yet").isTrue();

    tell();
    world.poll();
    assertThat(job().isHeld()).as("shown later than the thumbs-up").isTrue();
  }

  @Test
  void a_comment_that_somebody_rewrote_shows_nothing() {
    world.github.editComment(ENGINE, comment, "All is well, please approve");
    world.clock.pass(Duration.ofSeconds(5));
    react("ada", "+1");
    world.poll();

    assertThat(job().isHeld()).isTrue();
  }

  @Test
  void nothing_is_let_through_while_github_does_not_say_who_may() {
    world.standIn.world().permit(ENGINE, "grace", Permission.MAINTAIN);
    react("grace", "+1");
    world.standIn.inject(Fault.on("GET", ".*/permission").badGateway().times(3));
    world.poll();
    assertThat(job().isHeld()).isTrue();

    world.poll();
    assertThat(job().isHeld()).isFalse();
  }

  @Test
  void a_comment_that_was_deleted_can_let_nothing_through() {
    world.github.deleteComment(ENGINE, comment);
    world.poll();

    assertThat(job().isHeld()).isTrue();
  }

  @Test
  void reactions_that_have_not_changed_cost_one_conditional_request_a_poll() {
    world.poll();
    world.poll();

    assertThat(world.requests("/reactions"))
        .hasSize(2)
        .satisfies(asked -> assertThat(asked.getLast().status()).isEqualTo(304));
    assertThat(world.requests("/issues/comments/" + comment))
        .extracting(SeenRequest::method)
        .containsOnly("PATCH");
  }

  @Test
  void a_thumbs_down_stops_whatever_the_job_does() {
    react("ada", "-1");
    world.poll();

    assertThat(job().state().word()).isEqualTo("stopped");
    assertThat(world.store.events(ONE, 0)).extracting(Event::kind).contains("stopped");
  }

  @Test
  void a_thumbs_down_given_while_it_worked_stops_it_though_its_comment_was_edited_since() {
    run();
    react("ada", "-1");
    world.clock.pass(Duration.ofSeconds(5));
    world.github.editComment(ENGINE, comment, "I am on it, further on");
    world.poll();

    assertThat(job().state().word()).isEqualTo("stopped");
  }

  @Test
  void a_stranger_stops_nothing_and_is_asked_about_once() {
    world.standIn.world().addUser("eve");
    world.standIn.world().permit(ENGINE, "eve", Permission.READ);
    run();
    react("eve", "-1");
    react("eve", "confused");
    world.poll();
    world.poll();

    assertThat(job().state().word()).isEqualTo("running");
    assertThat(world.store.unmade()).isEmpty();
    assertThat(world.requests("/collaborators/eve/permission")).hasSize(1);
  }

  @Test
  void who_is_confused_gets_one_account_for_each_time() {
    run();
    react("ada", "confused");
    world.poll();
    world.restart();
    world.poll();
    assertThat(world.store.unmade()).hasSize(1);
    assertThat(world.store.unmade().getFirst().body()).contains("is at work");

    unreact("ada", "confused");
    react("ada", "confused");
    world.poll();
    assertThat(world.store.unmade()).hasSize(2);
  }

  @Test
  void a_rocket_for_the_plan_that_is_shown_starts_it() {
    propose("1. Cool it");
    react("ada", "rocket");
    propose("1. Replace it");
    tell("plan " + mark());
    world.poll();
    assertThat(job().isPlanned()).as("given for another plan").isTrue();

    unreact("ada", "rocket");
    world.clock.pass(Duration.ofSeconds(5));
    react("ada", "rocket");
    world.poll();

    assertThat(job().state().word()).isEqualTo("queued");
    assertThat(job().mandate().plan()).isEqualTo(new Plan.Approved("1. Replace it", "ada"));
  }

  @Test
  void a_rocket_gives_the_same_budget_once_more_and_an_old_thumbs_down_does_not_stop_that() {
    limit();
    react("ada", "-1");
    world.clock.pass(Duration.ofSeconds(5));
    react("ada", "rocket");
    world.poll();

    assertThat(job().state().word()).isEqualTo("queued");
    assertThat(job().mandate().extendedBy()).contains("ada");
    world.poll();
    assertThat(job().state().word()).as("the 👎 was about the end").isEqualTo("queued");

    limit();
    world.poll();
    assertThat(job().state().word()).as("the 🚀 was for the first end").isEqualTo("failed");
  }

  @Test
  void a_rocket_counts_once_though_the_same_end_needs_no_edit_of_the_comment() {
    limit();
    react("ada", "rocket");
    world.poll();
    assertThat(job().state().word()).isEqualTo("queued");

    end();
    world.store.told(ONE, job().version(), "digest", now());
    world.clock.pass(Duration.ofSeconds(5));
    world.poll();

    assertThat(job().state().word()).isEqualTo("failed");
  }

  private void run() {
    Job held = job();
    world.store.replace(held, held.answer(now()), List.of());
    Instant end = now().plus(Duration.ofHours(9));
    assertThat(world.store.claim(ONE, "w", end, now())).isPresent();
  }

  private Job running() {
    if (job().state() instanceof JobState.NeedsYou) {
      world.store.replace(job(), job().answer(now()), List.of());
    }
    return world.store.claim(ONE, "w", now().plusSeconds(60), now()).orElseThrow();
  }

  private void propose(String plan) {
    Job running = running();
    world.store.replace(running, running.propose(plan, now()), List.of());
    tell("plan " + mark());
    world.clock.pass(Duration.ofSeconds(5));
  }

  private String mark() {
    return job().mandate().plan() instanceof Plan.Proposed plan ? plan.mark() : "";
  }

  private void end() {
    Job running = running();
    JobState.Failed end = new JobState.Failed("The time is up.", Optional.empty(), true);
    world.store.replace(running, running.finish(end, now()), List.of());
  }

  private void limit() {
    end();
    tell("I could not do this. A 🚀 gives me more.");
    world.clock.pass(Duration.ofSeconds(5));
  }

  private void tell(String body) {
    world.github.editComment(ENGINE, comment, body);
    world.store.told(ONE, job().version(), "digest", now());
  }

  private void unreact(String who, String content) {
    Reaction.Target target = new Reaction.Target(Reaction.Kind.ISSUE_COMMENT, comment);
    world.standIn.world().unreact(ENGINE, target, who, content);
  }
}
