package dev.knight.intake;

import static dev.knight.intake.IntakeWorld.ENGINE;
import static dev.knight.intake.IntakeWorld.NOTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.IssueUrl;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import dev.knight.job.Verdict;
import dev.knight.rehearsal.Fault;
import dev.knight.rehearsal.SeenRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangeDetectorTest {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration REST = Duration.ofMinutes(15);
  private static final String EVERYWHERE = "/issues";

  @TempDir Path directory;

  private IntakeWorld world;

  @BeforeEach
  void start() throws IOException {
    world = new IntakeWorld(directory, ENGINE, NOTES);
    world.detect();
  }

  @AfterEach
  void close() throws IOException {
    world.close();
  }

  @Test
  void where_nothing_happens_one_request_is_asked_again_and_again() {
    rest();
    world.watch(REST);

    assertThat(asked(EVERYWHERE)).hasSize(90).allMatch(SeenRequest::notModified);
    assertThat(asked("/repos/ada/engine/issues")).hasSize(1).allMatch(SeenRequest::notModified);
    assertThat(asked("/repos/ada/notes/issues/comments")).hasSize(1);
    assertThat(world.standIn.requests()).hasSize(90 + 6);
  }

  @Test
  void a_mention_is_noticed_at_the_next_question_and_nobody_else_is_asked() {
    rest();
    world.issue("ada", "@knight please fix");
    world.watch(INTERVAL);

    assertThat(world.verdicts()).containsExactly(Verdict.ACCEPTED);
    assertThat(asked("/repos/ada/notes/issues")).isEmpty();
  }

  @Test
  void a_mention_in_a_comment_on_a_line_and_in_a_review_is_noticed_as_soon() {
    world.standIn.world().push(ENGINE, "topic", "ada", "Change", Map.of("README.md", "Hi\n"));
    Subject pull = world.standIn.world().openPullRequest(ENGINE, "ada", "Greet", "", "topic");
    rest();
    world.standIn.world().reviewComment(pull, "ada", "README.md", 1, "@knight why?");
    world.watch(INTERVAL);

    assertThat(world.texts()).containsExactly("@knight why?");
  }

  @Test
  void what_one_list_shows_before_the_others_is_not_left_behind() {
    rest();
    Subject subject = world.issue("grace", "It stalls");
    world.watch(INTERVAL);
    world.watch(Duration.ofSeconds(90));
    world.standIn.forgetRequests();
    world.watch(Duration.ofSeconds(20));
    List<SeenRequest> whileListsMayBeBehind = asked("/repos/ada/engine/issues/comments");
    world.standIn.world().comment(subject, "ada", "@knight please fix");
    world.watch(INTERVAL);

    assertThat(whileListsMayBeBehind).hasSize(2);
    assertThat(world.verdicts()).contains(Verdict.ACCEPTED);
  }

  @Test
  void an_edit_that_leaves_the_issue_as_it_was_is_noticed_within_a_quarter_of_an_hour() {
    Subject subject = world.issue("ada", "It stalls");
    long comment = world.standIn.world().comment(subject, "ada", "Hm.");
    rest();
    world.standIn.world().editComment(ENGINE, comment, "Hm. @knight?");
    world.watch(REST);

    assertThat(world.texts()).containsExactly("Hm. @knight?");
  }

  @Test
  void after_a_restart_only_what_changed_meanwhile_is_read_at_once() {
    rest();
    world.issue("ada", "@knight over night");
    world.clock.pass(Duration.ofHours(9));
    world.restart();
    world.standIn.forgetRequests();
    world.tick();

    assertThat(world.verdicts()).containsExactly(Verdict.ACCEPTED);
    assertThat(asked("/repos/ada/notes/issues")).isEmpty();
  }

  @Test
  void after_a_restart_what_one_list_may_have_shown_before_the_others_is_read_at_once() {
    rest();
    world.issue("ada", "It stalls");
    world.watch(INTERVAL);
    world.restart();
    world.standIn.forgetRequests();
    world.tick();

    assertThat(asked("/repos/ada/engine/issues/comments")).isNotEmpty();
    assertThat(asked("/repos/ada/notes/issues/comments")).isEmpty();
  }

  @Test
  void after_a_restart_everything_is_read_within_a_quarter_of_an_hour() {
    rest();
    world.issue("ada", "@knight over a long weekend");
    world.clock.pass(Duration.ofDays(3));
    world.restart();
    world.watch(REST);

    assertThat(world.verdicts()).containsExactly(Verdict.ACCEPTED);
  }

  @Test
  void a_repository_that_is_new_is_looked_at_at_once() {
    world.tick();

    assertThat(asked("/repos/ada/engine/issues")).isNotEmpty();
    assertThat(asked("/repos/ada/notes/issues")).isNotEmpty();
  }

  @Test
  void where_a_job_is_under_way_reactions_are_looked_for_at_each_interval() {
    rest();
    Subject subject = world.issue("ada", "It stalls");
    world.watch(REST);
    world.hand.enqueue(IssueUrl.parse(page(subject)), Optional.of("fix"));
    world.watch(INTERVAL);
    world.standIn.forgetRequests();
    world.watch(Duration.ofMinutes(1));

    assertThat(asked("/repos/ada/engine/issues")).hasSize(6);
    assertThat(asked("/repos/ada/notes/issues")).hasSizeLessThan(2);
  }

  @Test
  void a_refusal_has_each_repository_asked_once_a_minute_and_is_tried_again_after_an_hour() {
    rest();
    world.standIn.inject(
        Fault.on("GET", EVERYWHERE).answer(403, "Resource not accessible by integration"));
    world.watch(Duration.ofMinutes(2));
    world.issue("ada", "@knight please fix");
    world.watch(Duration.ofMinutes(1));
    int unasked = asked(EVERYWHERE).size();
    world.watch(Duration.ofMinutes(58));

    assertThat(unasked).isEqualTo(1);
    assertThat(world.verdicts()).containsExactly(Verdict.ACCEPTED);
    assertThat(asked("/repos/ada/notes/issues")).hasSizeBetween(55, 62);
    assertThat(asked(EVERYWHERE).getLast().status()).isIn(200, 304);
  }

  @Test
  void a_token_that_is_refused_is_tried_again_after_five_minutes() {
    rest();
    world.revokeToken();
    world.watch(Duration.ofMinutes(2));
    world.restoreToken();
    world.watch(Duration.ofMinutes(10));
    world.standIn.forgetRequests();
    world.watch(Duration.ofMinutes(1));

    assertThat(asked(EVERYWHERE)).hasSize(6);
  }

  @Test
  void what_changed_after_the_question_by_githubs_clock_was_not_overlooked() {
    ChangeDetector detector = world.detector(Duration.ofMinutes(3));
    detector.ask();
    world.clock.pass(INTERVAL);
    detector.ask();
    world.clock.pass(Duration.ofSeconds(1));

    detector.looked(ENGINE, Optional.of(world.clock.instant()));
    boolean afterwards = detector.sees(ENGINE);
    world.clock.pass(Duration.ofMinutes(5));
    detector.ask();
    detector.looked(ENGINE, Optional.of(world.clock.instant().minus(Duration.ofMinutes(4))));

    assertThat(afterwards).isTrue();
    assertThat(detector.sees(ENGINE)).isFalse();
  }

  @Test
  void a_failure_is_tried_again_after_five_minutes_and_nothing_is_missed() {
    rest();
    world.standIn.inject(Fault.on("GET", EVERYWHERE).badGateway().times(3));
    world.watch(Duration.ofMinutes(2));
    world.issue("ada", "@knight please fix");
    world.watch(Duration.ofMinutes(1));
    List<Verdict> whileItFails = world.verdicts();
    world.watch(Duration.ofMinutes(10));
    world.standIn.forgetRequests();
    world.watch(Duration.ofMinutes(5));

    assertThat(whileItFails).containsExactly(Verdict.ACCEPTED);
    assertThat(asked(EVERYWHERE)).hasSize(30);
    assertThat(asked("/repos/ada/notes/issues")).hasSizeLessThan(2);
  }

  @Test
  void a_pause_that_github_wants_holds_for_this_question_too() {
    rest();
    world.standIn.inject(Fault.on("GET", EVERYWHERE).secondaryRateLimit(Duration.ofMinutes(3)));
    world.watch(Duration.ofMinutes(3));
    int asked = world.standIn.requests().size();
    world.issue("ada", "@knight please fix");
    world.watch(INTERVAL);

    assertThat(asked).isEqualTo(1);
    assertThat(world.verdicts()).containsExactly(Verdict.ACCEPTED);
  }

  @Test
  void a_server_that_answers_nothing_but_this_question_with_a_pause_is_polled_all_the_same() {
    rest();
    world.standIn.inject(
        Fault.on("GET", EVERYWHERE).secondaryRateLimit(Duration.ofMinutes(1)).times(1_000));
    world.watch(Duration.ofMinutes(3));
    world.issue("ada", "@knight please fix");
    world.watch(Duration.ofMinutes(2));

    assertThat(world.verdicts()).containsExactly(Verdict.ACCEPTED);
    assertThat(asked(EVERYWHERE)).hasSize(2);
  }

  @Test
  void an_answer_that_makes_no_sense_has_each_repository_asked_itself() {
    rest();
    world.standIn.inject(Fault.on("GET", EVERYWHERE).answer(520, "Unknown error").times(1_000));
    world.watch(Duration.ofMinutes(1));
    world.issue("ada", "@knight please fix");
    world.watch(Duration.ofMinutes(1));

    assertThat(world.verdicts()).containsExactly(Verdict.ACCEPTED);
    assertThat(asked(EVERYWHERE)).hasSize(1);
  }

  @Test
  void a_repository_whose_changes_are_not_shown_among_all_is_asked_itself_once_that_is_seen()
      throws IOException {
    RepositoryName apart = RepositoryName.parse("bob/apart");
    world.standIn.world().addRepository(apart, Map.of("README.md", "Hello\n"));
    Intake intake =
        world.intake(new PollingSettings(true, INTERVAL, List.of(ENGINE, apart), Set.of()));
    watch(intake, Duration.ofMinutes(5));
    world.standIn.world().openIssue(apart, "bob", "Apart", "Nobody tells of this");
    watch(intake, REST.plusMinutes(5));
    world.standIn.forgetRequests();
    watch(intake, REST);

    assertThat(asked("/repos/bob/apart/issues")).hasSizeGreaterThan(13);
    assertThat(asked("/repos/ada/engine/issues")).hasSize(1);
  }

  @Test
  void where_hardly_anything_is_shown_every_repository_is_asked_itself() throws IOException {
    List<RepositoryName> apart =
        Stream.of("one", "two", "three", "four")
            .map(name -> new RepositoryName("bob", name))
            .toList();
    for (RepositoryName name : apart) {
      world.standIn.world().addRepository(name, Map.of("README.md", "Hello\n"));
    }
    List<RepositoryName> all = Stream.concat(Stream.of(ENGINE), apart.stream()).toList();
    Intake intake = world.intake(new PollingSettings(true, INTERVAL, all, Set.of()));
    watch(intake, Duration.ofMinutes(5));
    for (RepositoryName name : apart) {
      world.standIn.world().openIssue(name, "bob", "Apart", "Nobody tells of this");
    }
    watch(intake, REST.multipliedBy(2).plusMinutes(5));
    world.standIn.forgetRequests();
    watch(intake, REST);

    assertThat(asked("/repos/ada/engine/issues")).hasSizeGreaterThan(13);
  }

  /** Until each repository has been quiet for long, then with an empty log. */
  private void rest() {
    world.watch(Duration.ofMinutes(5));
    world.standIn.forgetRequests();
  }

  private void watch(Intake intake, Duration duration) {
    for (long second = 0; second < duration.toSeconds(); second++) {
      world.clock.pass(Duration.ofSeconds(1));
      world.tick(intake);
    }
  }

  private List<SeenRequest> asked(String path) {
    return world.standIn.requests().stream().filter(seen -> seen.path().equals(path)).toList();
  }

  private String page(Subject subject) {
    return "%s/%s/issues/%d"
        .formatted(world.standIn.webUrl(), subject.repository(), subject.number());
  }
}
