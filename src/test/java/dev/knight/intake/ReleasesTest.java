package dev.knight.intake;

import static dev.knight.intake.IntakeWorld.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Effect;
import dev.knight.job.Event;
import dev.knight.job.Hold;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.Subject;
import dev.knight.rehearsal.Fault;
import dev.knight.rehearsal.Permission;
import dev.knight.rehearsal.Reaction;
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
class ReleasesTest {
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
  @ValueSource(strings = {"-1", "eyes", "heart", "rocket"})
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
  void where_nothing_is_held_nobody_asks_for_reactions() {
    react("ada", "+1");
    world.poll();
    int asked = world.requests("/reactions").size();
    world.poll();

    assertThat(asked).isEqualTo(1);
    assertThat(world.requests("/reactions")).hasSize(asked);
  }
}
