package dev.knight.intake;

import static dev.knight.intake.IntakeWorld.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Effect;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobState;
import dev.knight.job.Mention;
import dev.knight.job.Remark;
import dev.knight.job.StoredMention;
import dev.knight.job.Subject;
import dev.knight.job.Verdict;
import dev.knight.rehearsal.Fault;
import dev.knight.rehearsal.Permission;
import dev.knight.rehearsal.Review.Opinion;
import dev.knight.rehearsal.World;
import dev.knight.rehearsal.World.Note;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReviewsTest {
  @TempDir Path directory;
  private IntakeWorld world;
  private Job job;
  private Subject pull;

  @BeforeEach
  void start() throws IOException {
    world = new IntakeWorld(directory, ENGINE);
    world.standIn.world().permit(ENGINE, "grace", Permission.WRITE);
    world.standIn.world().addUser("eve");
    world.begin();
    Subject issue = world.issue("ada", "@knight mend it");
    world.poll();
    hub().push(ENGINE, "knight/1", "knight-bot", "Mend", Map.of("a.txt", "1\n2\n3\n"));
    pull = hub().openPullRequest(ENGINE, "knight-bot", "Mend it", "", "knight/1");
    job = world.store.jobs(1).getFirst();
    assertThat(job.subject()).isEqualTo(issue);
    finish();
    world.poll();
    world.clock.pass(Duration.ofMinutes(5));
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
  }

  @Test
  void a_review_with_its_remarks_is_one_mention_that_reopens_the_job() {
    List<Long> comments =
        hub()
            .review(
                pull,
                "grace",
                Opinion.CHANGES_REQUESTED,
                "Nearly.",
                List.of(new Note("a.txt", 1, "Why 1?"), new Note("a.txt", 3, "Why 3?")));

    looks();

    StoredMention review = world.store.mentions(job.id()).getLast();
    assertThat(world.store.mentions(job.id())).hasSize(2);
    assertThat(review.mention().source()).isEqualTo(Mention.Source.REVIEW);
    assertThat(review.mention().text()).isEqualTo("Nearly.");
    assertThat(review.mention().title()).isEqualTo("Mend it");
    assertThat(world.store.remarks(review.mention().nodeId()))
        .extracting(Remark::comment)
        .isEqualTo(comments);
    assertThat(world.store.remarks(review.mention().nodeId()))
        .extracting(remark -> remark.line().orElse(0))
        .containsExactly(1L, 3L);
    assertThat(world.store.find(job.id()).orElseThrow().state())
        .isInstanceOf(JobState.Queued.class);
    looks();
    assertThat(world.store.judged()).hasSize(2);
  }

  @Test
  void a_lone_comment_on_a_line_is_that_comment_whose_words_may_be_an_order() {
    long comment = hub().reviewComment(pull, "grace", "a.txt", 2, "@knight stop");

    looks();

    assertThat(world.store.judged().getLast().verdict()).isEqualTo(Verdict.STOP);
    assertThat(world.store.judged()).hasSize(2);
    assertThat(mention().source()).isEqualTo(Mention.Source.REVIEW_COMMENT);
    assertThat(mention().sourceId()).isEqualTo(comment);
  }

  @Test
  void only_what_wants_work_is_taken() {
    hub().review(pull, "grace", Opinion.APPROVED, "Fine!");
    hub().review(pull, "grace", Opinion.COMMENTED, "I will look at it tomorrow.");
    looks();
    assertThat(world.store.judged()).hasSize(1);

    hub().review(pull, "grace", Opinion.COMMENTED, "@knight mind the docs, too.");
    hub().review(pull, "grace", Opinion.APPROVED, "", List.of(new Note("a.txt", 1, "A nit.")));
    looks();

    assertThat(world.verdicts())
        .containsExactly(Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.ACCEPTED);
  }

  @Test
  void a_strangers_review_is_kept_and_nothing_of_it_is_done() {
    hub().review(pull, "eve", Opinion.CHANGES_REQUESTED, "", List.of(new Note("a.txt", 1, "Go!")));

    looks();

    assertThat(world.verdicts()).containsExactly(Verdict.ACCEPTED, Verdict.STRANGER);
    assertThat(world.store.mentions(job.id())).hasSize(1);
  }

  @Test
  void what_knight_itself_answered_in_a_thread_is_no_review() {
    hub().reviewComment(pull, "knight-bot", "a.txt", 1, "Done.\n\n<!-- knight:reply 12 -->");

    looks();

    assertThat(world.store.judged()).hasSize(1);
  }

  @Test
  void a_review_that_came_while_no_service_ran_is_found_by_the_next() {
    hub().review(pull, "grace", Opinion.CHANGES_REQUESTED, "No.");
    world.clock.pass(Duration.ofHours(3));
    world.restart();

    looks();

    assertThat(world.verdicts()).containsExactly(Verdict.ACCEPTED, Verdict.ACCEPTED);
  }

  @Test
  void a_review_is_found_however_long_github_does_not_say_what_there_is() {
    hub().review(pull, "grace", Opinion.CHANGES_REQUESTED, "No.");
    world.standIn.inject(Fault.on("GET", ".*/reviews").badGateway().times(100));
    looks();
    looks();
    assertThat(world.verdicts()).containsExactly(Verdict.ACCEPTED);

    world.standIn.clearFaults();
    looks();
    looks();

    assertThat(world.verdicts()).containsExactly(Verdict.ACCEPTED, Verdict.ACCEPTED);
  }

  @Test
  void what_is_merged_by_the_time_its_review_is_read_is_let_be_unless_it_calls_knight() {
    hub().review(pull, "grace", Opinion.APPROVED, "", List.of(new Note("a.txt", 1, "A nit.")));
    hub().merge(pull, "grace");
    looks();
    assertThat(world.verdicts()).containsExactly(Verdict.ACCEPTED, Verdict.STALE);
    assertThat(world.store.jobs(9)).hasSize(1);

    hub().reviewComment(pull, "grace", "a.txt", 1, "@knight mend the nit, too");
    looks();
    assertThat(world.verdicts()).endsWith(Verdict.ACCEPTED);
    assertThat(world.store.jobs(9)).hasSize(2);
  }

  @Test
  void a_review_of_somebody_elses_pull_request_counts_if_it_calls_knight() {
    hub().push(ENGINE, "topic", "grace", "Topic", Map.of("b.txt", "1\n"));
    Subject other = hub().openPullRequest(ENGINE, "grace", "Topic", "", "topic");
    hub().review(other, "ada", Opinion.CHANGES_REQUESTED, "This is wrong.");
    hub().review(other, "ada", Opinion.COMMENTED, "@knight is this right?");

    looks();

    assertThat(world.texts()).containsExactly("@knight mend it", "@knight is this right?");
  }

  @Test
  void a_quiet_pull_request_is_not_asked_for_reviews() {
    looks();
    int before = world.requests("/reviews").size();

    looks();

    assertThat(world.requests("/reviews")).hasSize(before);
  }

  private void looks() {
    for (int i = 0; i < 3; i++) {
      world.clock.pass(Duration.ofSeconds(20));
      world.poll();
    }
    world.clock.pass(Duration.ofMinutes(5));
  }

  private Mention mention() {
    return world.store.judged().getLast().mention();
  }

  private void finish() {
    Job running =
        world
            .store
            .claim(job.id(), "me", world.clock.instant().plusSeconds(60), world.clock.instant())
            .orElseThrow();
    Effect effect =
        world.store.plan(job.id(), Effect.Kind.PULL_REQUEST, "knight/1", world.clock.instant());
    world.store.settle(
        effect.as(Effect.State.DONE, Optional.of(Long.toString(pull.number())), Optional.empty()));
    JobState.Done done = new JobState.Done(URI.create("https://hub/pull/2"), false, "Done.");
    assertThat(
            world.store.replace(
                running, running.finish(done, world.clock.instant()), List.<Event>of()))
        .isPresent();
    world.store.delivered(
        world.store.mentions(job.id()).stream().map(one -> one.mention().nodeId()).toList());
  }

  private World hub() {
    return world.standIn.world();
  }
}
