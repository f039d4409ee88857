package dev.knight.intake;

import static dev.knight.intake.IntakeWorld.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Effect;
import dev.knight.job.Failure;
import dev.knight.job.Job;
import dev.knight.job.JobState;
import dev.knight.job.JobState.Failed;
import dev.knight.job.JudgedMention;
import dev.knight.job.Mention;
import dev.knight.job.Order;
import dev.knight.job.Person;
import dev.knight.job.Reply;
import dev.knight.job.Subject;
import dev.knight.job.Verdict;
import dev.knight.publish.OutgoingText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people say to knight about itself. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AsidesTest {
  @TempDir private Path directory;
  private IntakeWorld world;
  private Subject issue;

  @BeforeEach
  void start() throws IOException {
    world = new IntakeWorld(directory, ENGINE);
    world.begin();
    issue = world.issue("ada", "It stalls.");
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
  }

  @Test
  void help_is_answered_where_nothing_runs_and_starts_nothing() {
    says("@knight help");

    assertThat(world.verdicts()).containsExactly(Verdict.ASIDE);
    assertThat(world.store.jobs(9)).isEmpty();
    assertThat(replies())
        .singleElement()
        .asString()
        .contains("`@knight plan <what you want>`", "Here and now: `plan`, `ask`.", "not at work");
  }

  @Test
  void a_slip_is_answered_with_help_that_names_it() {
    says("@knight stauts");

    assertThat(world.store.jobs(9)).isEmpty();
    assertThat(replies()).singleElement().asString().startsWith("I do not know the word `stauts`.");
  }

  @Test
  void a_status_says_what_the_job_does_and_joins_nothing() {
    says("@knight fix it");
    Job job = claimed();
    long comment = says("@knight status?");

    assertThat(world.store.mentions(job.id())).hasSize(1);
    assertThat(replies())
        .singleElement()
        .asString()
        .startsWith("Job 1 is at work: step **prepare**, since 12:0")
        .contains("knight · job 1 · $0.00 so far");
    assertThat(world.store.replies().getFirst().job()).contains(job.id());
    assertThat(world.store.unsettled(Effect.Kind.REACTION))
        .hasSize(2)
        .anyMatch(effect -> effect.key().equals(nodeId(comment)));
  }

  @Test
  void somebody_who_asks_again_and_again_is_answered_once_in_a_minute() {
    world.standIn.world().comment(issue, "ada", "@knight status");
    world.standIn.world().comment(issue, "ada", "@knight status");
    world.standIn.world().comment(issue, "ada", "@knight help");
    world.poll();
    assertThat(replies()).hasSize(2);

    says("@knight status");
    assertThat(replies()).hasSize(3).last().asString().contains("not at work on anything here");
  }

  @Test
  void a_stranger_is_not_answered() {
    world.standIn.world().comment(issue, "grace", "@knight status");
    world.poll();

    assertThat(world.verdicts()).containsExactly(Verdict.STRANGER);
    assertThat(replies()).isEmpty();
  }

  @Test
  void a_job_that_failed_is_tried_again_with_the_words_that_made_it() {
    says("@knight fix it");
    Job job = claimed();
    saw("the log of a check");
    Failed end = new Failed("No.", Optional.empty());
    world.store.replace(job, job.finish(end, world.clock.instant()), List.of());

    says("@knight retry");

    Job again = world.store.jobs(1).getFirst();
    assertThat(again.id()).isNotEqualTo(job.id());
    Mention request = world.store.mentions(again.id()).getFirst().mention();
    assertThat(request.text()).isEqualTo("@knight fix it");
    assertThat(request.order()).isEqualTo(Order.DO);
    assertThat(replies()).isEmpty();
  }

  @Test
  void a_job_that_waits_is_tried_at_once() {
    says("@knight fix it");
    Job job = claimed();
    Job waits =
        job.retryAt(
            world.clock.instant().plus(Duration.ofHours(1)),
            new Failure.Own("It is away.", Optional.empty()),
            world.clock.instant());
    world.store.replace(job, waits, List.of());

    says("@knight retry");

    Job now = world.store.find(job.id()).orElseThrow();
    assertThat(now.state())
        .isInstanceOfSatisfying(
            JobState.Retrying.class,
            state -> assertThat(state.dueAt()).isBeforeOrEqualTo(world.clock.instant()));
    assertThat(world.verdicts()).containsExactly(Verdict.ACCEPTED, Verdict.ASIDE);
  }

  @Test
  void a_retry_of_nothing_and_of_what_runs_is_answered() {
    says("@knight retry");
    assertThat(replies()).singleElement().asString().startsWith("There is no job of mine here");

    says("@knight fix it");
    claimed();
    says("@knight retry");
    assertThat(replies()).last().asString().startsWith("There is nothing to try again. Job 1 is");
    assertThat(world.store.jobs(9)).hasSize(1);
  }

  @Test
  void what_was_answered_before_a_crash_is_not_answered_again() {
    long comment = says("@knight help");
    assertThat(replies()).hasSize(1);

    world.restart();
    world.standIn.world().editComment(ENGINE, comment, "@knight help ");
    world.poll();

    assertThat(replies()).hasSize(1);
  }

  @Test
  void what_is_judged_again_long_after_a_crash_is_not_answered_again() {
    Asides asides = asides();
    Mention help = mention("@knight help", Order.HELP);

    asides.answered(List.of(new JudgedMention(help, Verdict.ASIDE)));
    world.clock.pass(Duration.ofHours(1));
    asides.answered(List.of(new JudgedMention(help, Verdict.ASIDE)));

    assertThat(replies()).hasSize(1);
  }

  @Test
  void a_retry_that_is_judged_again_after_a_crash_is_one() {
    says("@knight fix it");
    Job job = claimed();
    Failed end = new Failed("Too dear.", Optional.empty(), true);
    world.store.replace(job, job.finish(end, world.clock.instant()), List.of());
    JudgedMention retry =
        new JudgedMention(mention("@knight retry", Order.RETRY), Verdict.ACCEPTED);

    asides().answered(List.of(retry));
    world.clock.pass(Duration.ofHours(1));
    List<JudgedMention> again = asides().answered(List.of(retry));

    assertThat(again).extracting(JudgedMention::verdict).containsExactly(Verdict.ASIDE);
    assertThat(replies()).isEmpty();
    assertThat(world.store.find(job.id()).orElseThrow().state()).isEqualTo(new JobState.Queued());
  }

  private Asides asides() {
    return new Asides(
        world.github,
        world.store,
        new PollingSettings(true, Duration.ofSeconds(10), List.of(ENGINE), Set.of()),
        new OutgoingText(new Redactor(new KnownSecrets())),
        world.clock);
  }

  /** knight itself saw something, whose words are data. */
  private void saw(String text) {
    Mention seen = mention("checks:9:a", Mention.Source.WATCH, text, Order.DO);
    world.store.accept(seen, world.clock.instant());
    world.store.delivered(List.of(seen.nodeId()));
  }

  private Mention mention(String text, Order order) {
    return mention("IC_9", Mention.Source.ISSUE_COMMENT, text, order);
  }

  private Mention mention(String nodeId, Mention.Source source, String text, Order order) {
    return new Mention(
        nodeId,
        issue,
        source,
        9,
        new Person(1, "ada"),
        "It stalls.",
        text,
        URI.create("https://hub/ada/engine/issues/1#issuecomment-9"),
        world.clock.instant(),
        Optional.empty(),
        order);
  }

  private long says(String text) {
    long comment = world.standIn.world().comment(issue, "ada", text);
    world.poll();
    return comment;
  }

  private Job claimed() {
    return world
        .store
        .claim("worker", world.clock.instant().plusSeconds(3600), 9, world.clock.instant())
        .orElseThrow();
  }

  private String nodeId(long comment) {
    return world.github.issueComment(ENGINE, comment).orElseThrow().nodeId();
  }

  private List<String> replies() {
    return world.store.replies().stream().map(Reply::body).toList();
  }
}
