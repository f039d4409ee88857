package dev.knight.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.knight.fake.MortalGitHub;
import dev.knight.git.Commit;
import dev.knight.job.Effect;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.LeaseLostException;
import dev.knight.job.RefusedException;
import dev.knight.job.RefusedHost;
import dev.knight.job.Subject;
import dev.knight.job.UnavailableException;
import dev.knight.rehearsal.Fault;
import dev.knight.rehearsal.Issue;
import dev.knight.rehearsal.Permission;
import dev.knight.rehearsal.SeenRequest;
import dev.knight.rehearsal.Weather;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PublisherTest {
  private static final String PULLS = "/repos/ada/engine/pulls";
  private static final String PUSH = ".*/git-receive-pack";

  @TempDir private Path directory;
  private PublishWorld knight;

  @BeforeEach
  void start() throws IOException {
    knight = new PublishWorld(directory);
  }

  @AfterEach
  void stop() throws IOException {
    knight.close();
  }

  static Stream<Arguments> losses() {
    return Stream.of(0, 14)
        .flatMap(lag -> Stream.of(Loss.values()).map(loss -> Arguments.of(loss, lag)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void a_pull_request_is_opened_once_whatever_is_lost(Loss loss, int lag) {
    knight.lag(Duration.ofSeconds(lag));
    Job job = knight.asked();
    loss.happen("open", "POST", PULLS, knight.standIn, knight.github);

    publishAtLast(job);

    assertPublished(job);
  }

  @Test
  void a_commit_names_who_asked_and_the_job_and_does_nothing_else() {
    Job job = knight.asked();
    Contribution change =
        new Contribution(
            "Mend the engine",
            Story.of("It runs."),
            new Contribution.CommitMessage(
                "fix: mend it, cc @eve, closes #9",
                "It stalled.\n\nCo-authored-by: eve <eve@example.org> [skip ci]"),
            false,
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Contribution.Audience.NONE);

    knight.publish(knight.claimed(job), change);

    long ada = knight.world().addUser("ada").id();
    assertThat(knight.world().message(PublishWorld.ENGINE, PublishWorld.BRANCH.value()))
        .contains(
            """
            fix: mend it, cc @ eve, closes # 9

            It stalled.

            Co-authored-by eve <eve@ example.org> (skip ci)

            Asked for in #1.

            Co-authored-by: ada <%d+ada@users.noreply.github.com>
            Knight-Job: %s
            """
                .formatted(ada, job.id()));
  }

  @Test
  void a_pull_request_is_labelled_and_shown_to_people_once() {
    Job job = knight.asked();
    knight.world().addLabel(PublishWorld.ENGINE, "Bug");
    knight.world().addUser("bob");
    knight.world().permit(PublishWorld.ENGINE, "bob", Permission.READ);
    knight.github.dieAt("askReview", true);
    Contribution change =
        forPeople(List.of("bug", "no-such"), List.of("bob", "nobody", "sir-knight", "ada/pumps"));

    assertThat(published(job, change)).isFalse();
    knight.publish(knight.claimed(job), change);
    knight.publish(knight.claimed(job), change);

    Subject pull = new Subject(PublishWorld.ENGINE, 2);
    assertThat(knight.world().labels(pull)).containsExactly("Bug");
    assertThat(knight.world().reviewers(pull)).containsExactly("bob");
    assertThat(knight.effect(job, Effect.Kind.REVIEWERS).state()).isEqualTo(Effect.State.DONE);
    assertThat(calls("/repos/ada/engine/issues/2/labels")).isEqualTo(1);
    assertThat(knight.store.events(job.id(), 0))
        .extracting(Event::text)
        .contains("The repository has no label `no-such`")
        .anyMatch(text -> text.startsWith("`nobody` could not be asked to review: "));
  }

  @Test
  void what_was_measured_is_told_of_the_newest_commit_and_what_people_wrote_stays() {
    Job job = knight.asked();
    knight.publish(knight.claimed(job), checked(true));
    Issue opened = pulls().getFirst();
    knight
        .world()
        .editIssue(
            new Subject(PublishWorld.ENGINE, 2), opened.title(), "Look here.\n" + opened.body());

    knight.publish(knight.claimed(job), checked(false));
    knight.publish(knight.claimed(job), checked(false));

    assertThat(pulls().getFirst().body())
        .startsWith("Look here.\n")
        .contains("| `make` | ❌ exit code 1 |")
        .doesNotContain("✅")
        .containsOnlyOnce("### Verified");
  }

  @Test
  void a_body_that_people_wrote_anew_is_left_to_them() {
    Job job = knight.asked();
    knight.publish(knight.claimed(job), checked(true));
    Subject pull = new Subject(PublishWorld.ENGINE, 2);
    knight.world().editIssue(pull, pulls().getFirst().title(), "In my own words.");

    knight.publish(knight.claimed(job), checked(false));

    assertThat(pulls().getFirst().body()).isEqualTo("In my own words.");
  }

  private static Contribution checked(boolean passes) {
    String result = passes ? "passed" : "exit code 1";
    return new Contribution(
        "Mend the engine",
        "It runs.",
        false,
        List.of(),
        List.of(new Check("make", passes, result, Duration.ofSeconds(1), "")),
        Optional.empty());
  }

  private long calls(String path) {
    return knight.requests().stream().filter(seen -> seen.path().equals(path)).count();
  }

  private static Contribution forPeople(List<String> labels, List<String> reviewers) {
    return new Contribution(
        "Mend the engine",
        Story.of("It runs."),
        Contribution.CommitMessage.of("Mend the engine"),
        false,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new Contribution.Audience(labels, reviewers));
  }

  static Stream<Loss> lossesOfAPush() {
    return Stream.of(Loss.NOTHING, Loss.REQUEST_LOST, Loss.ANSWER_LOST, Loss.SERVER_FAILS);
  }

  @ParameterizedTest
  @MethodSource("lossesOfAPush")
  void a_branch_is_pushed_once_whatever_is_lost(Loss loss) {
    Job job = knight.asked();
    loss.happen("push", "POST", PUSH, knight.standIn, knight.github);

    publishAtLast(job);

    assertPublished(job);
  }

  @Test
  void work_that_was_pushed_before_a_crash_is_found_whatever_the_agent_calls_it_now() {
    Job job = knight.asked();
    Loss.ANSWER_LOST.happen("push", "POST", PUSH, knight.standIn, knight.github);
    assertThat(published(job)).isFalse();
    Effect before = knight.effect(job, Effect.Kind.PUSH);

    knight.publish(knight.claimed(job), PublishWorld.SAME_CHANGE_IN_OTHER_WORDS);

    assertPublished(job);
    assertThat(knight.effect(job, Effect.Kind.PUSH).externalId()).isEqualTo(before.externalId());
  }

  @Test
  void a_later_push_whose_answer_is_lost_is_known_as_knights_own() throws IOException {
    Job job = knight.asked();
    knight.publish(knight.claimed(job), checked(true));
    Path more = knight.worktree(knight.mirror(), job.id()).path().resolve("more.txt");
    Files.writeString(more, "more\n");
    Loss.ANSWER_LOST.happen("push", "POST", PUSH, knight.standIn, knight.github);
    assertThat(published(job)).isFalse();

    Effect open = knight.effect(job, Effect.Kind.PUSH);
    Commit there = knight.mirror().branchHead(PublishWorld.BRANCH).orElseThrow();
    assertThat(open.externalId()).contains(there.id());

    Files.writeString(more, "more than that\n");
    knight.publish(knight.claimed(job), checked(true));

    Effect done = knight.effect(job, Effect.Kind.PUSH);
    assertThat(done.state()).isEqualTo(Effect.State.DONE);
    assertThat(knight.mirror().isIn(there, new Commit(done.externalId().orElseThrow()))).isTrue();
  }

  @Test
  void the_pull_request_and_the_comment_tell_what_the_job_was_kept_from() {
    Job job = knight.asked();
    String refused = new RefusedHost("evil.example:443", "not allowed").sentence();
    knight.store.tell(
        List.of(Event.of(job.id(), knight.clock.instant(), RefusedHost.EVENT, refused)));

    publishAtLast(job);
    knight.finished(job);
    knight.rest();

    assertThat(pulls().getFirst().body()).contains("`evil.example:443` (not allowed)");
    assertThat(knight.own(job).getFirst().body()).contains("`evil.example:443` (not allowed)");
  }

  @Test
  void a_lost_answer_costs_no_attempt() {
    knight.lag(Duration.ofSeconds(10));
    Job job = knight.claimed(knight.asked());
    knight.standIn.inject(Fault.on("POST", PULLS).dropAfter());

    Publisher.Published published = knight.publish(job);

    assertThat(published.link().getPath()).endsWith("/pull/2");
    assertThat(posts()).hasSize(1);
    assertPublished(job);
  }

  @Test
  void a_pull_request_that_was_opened_before_a_crash_is_waited_for_and_found() {
    knight.lag(Duration.ofSeconds(14));
    Job job = knight.claimed(knight.asked());
    knight.github.dieAt("open", true);
    assertThatThrownBy(() -> knight.publish(job)).isInstanceOf(MortalGitHub.Death.class);
    assertThat(knight.effect(job, Effect.Kind.PULL_REQUEST).state())
        .isEqualTo(Effect.State.UNKNOWN);

    knight.publish(knight.claimed(job));

    assertThat(posts()).hasSize(1);
    assertPublished(job);
  }

  @Test
  void a_limit_parks_the_job_and_nothing_is_asked_before_the_time_that_was_named() {
    Job job = knight.claimed(knight.asked());
    knight.standIn.inject(Fault.on("POST", PULLS).secondaryRateLimit(Duration.ofMinutes(2)));

    UnavailableException limited =
        catchThrowableOfType(UnavailableException.class, () -> knight.publish(job));
    Instant named = knight.clock.instant().plus(Duration.ofMinutes(2));
    assertThat(limited.retryAt()).contains(named);

    knight.standIn.forgetRequests();
    Job again = knight.claimed(job);
    assertThatThrownBy(() -> knight.publish(again)).isInstanceOf(UnavailableException.class);
    assertThat(knight.requests()).noneMatch(seen -> seen.path().startsWith("/repos"));
    knight.clock.pass(Duration.ofMinutes(2));
    knight.publish(again);

    assertThat(posts()).hasSize(1);
    assertPublished(job);
  }

  @Test
  void a_pull_request_that_a_person_closed_before_it_was_noted_is_left_closed() {
    Job job = knight.claimed(knight.asked());
    knight.github.dieAt("open", true);
    assertThatThrownBy(() -> knight.publish(job)).isInstanceOf(MortalGitHub.Death.class);
    knight.world().closeIssue(pull(2));

    assertThatThrownBy(() -> knight.publish(knight.claimed(job)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("/pull/2 was closed");

    assertThat(pulls()).singleElement().extracting(Issue::open).isEqualTo(false);
  }

  @Test
  void a_pull_request_that_a_person_closed_later_is_left_closed_and_its_branch_alone() {
    Job job = knight.claimed(knight.asked());
    knight.publish(job);
    knight.world().closeIssue(pull(2));
    knight.standIn.forgetRequests();

    assertThatThrownBy(() -> knight.publish(knight.claimed(job)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("/pull/2 was closed");

    assertThat(pulls()).singleElement().extracting(Issue::open).isEqualTo(false);
    assertThat(knight.requests()).noneMatch(seen -> seen.path().endsWith("git-receive-pack"));
  }

  @Test
  void a_pull_request_that_a_person_merged_before_the_job_ended_is_the_end_of_it() {
    Job job = knight.claimed(knight.asked());
    knight.publish(job);
    knight.world().merge(pull(2), "ada");
    knight.standIn.forgetRequests();

    Publisher.Published published = knight.publish(knight.claimed(job));

    assertThat(published.link().getPath()).endsWith("/pull/2");
    assertThat(pulls()).hasSize(1);
    assertThat(knight.requests()).noneMatch(seen -> seen.path().endsWith("git-receive-pack"));
  }

  @Test
  void what_was_called_off_during_a_wait_gets_no_pull_request() {
    Job job = knight.claimed(knight.asked());
    knight.standIn.inject(Fault.on("POST", PULLS).dropBefore());
    knight.github.fate((write, made) -> {
      if (write.equals("open") && !made) {
        knight.stopped(job);
      }
      return false;
    });

    assertThatThrownBy(() -> knight.publish(job)).isInstanceOf(LeaseLostException.class);

    assertThat(pulls()).isEmpty();
  }

  @Test
  void somebody_elses_pull_request_for_the_branch_is_not_taken_over() {
    Job job = knight.claimed(knight.asked());
    knight.standIn.inject(Fault.on("POST", PULLS).answer(500, "Server Error").times(2));
    assertThatThrownBy(() -> knight.publish(job)).isInstanceOf(UnavailableException.class);
    Subject hers =
        knight
            .world()
            .openPullRequest(
                PublishWorld.ENGINE, "ada", "Mine", "By hand", PublishWorld.BRANCH.value());

    assertThatThrownBy(() -> knight.publish(knight.claimed(job)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("it is not mine");

    assertThat(knight.world().issue(hers).body()).isEqualTo("By hand");
    assertThat(pulls()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void in_any_weather_there_is_one_pull_request_at_last(int seed) {
    Random chance = new Random(seed);
    knight.standIn.weather(
        Weather.CLEAR
            .seed(seed)
            .dropping(0.1, 0.15)
            .failing(0.05)
            .limiting(0.03, Duration.ofSeconds(5))
            .behind(Duration.ofSeconds(chance.nextInt(15))));
    Job job = knight.asked();

    for (int attempt = 0; attempt < 6; attempt++) {
      knight.github.fate((_, _) -> chance.nextInt(4) == 0);
      published(job);
    }
    knight.standIn.weather(Weather.CLEAR);
    publishAtLast(job);

    assertPublished(job);
  }

  /** As often as a worker tries, each time in a process that was just started. */
  private void publishAtLast(Job job) {
    int attempts = 1;
    while (!published(job)) {
      assertThat(attempts++).as("attempts").isLessThan(4);
    }
  }

  private boolean published(Job job) {
    return published(job, PublishWorld.CHANGE);
  }

  private boolean published(Job job, Contribution change) {
    try {
      knight.publish(knight.claimed(job), change);
      return true;
    } catch (MortalGitHub.Death | UnavailableException passes) {
      knight.restart();
      // Longer than any pause that a limit asks for here.
      knight.clock.pass(Duration.ofSeconds(6));
      return false;
    }
  }

  /** Open, on top of one commit, as the store has it. */
  private void assertPublished(Job job) {
    Issue pull = pulls().getFirst();
    assertThat(pulls()).hasSize(1);
    assertThat(pull.open()).isTrue();
    assertThat(pull.body()).contains(Marker.PREFIX + "pull ");
    assertThat(knight.world().branches(PublishWorld.ENGINE))
        .containsExactly(PublishWorld.BRANCH.value(), PublishWorld.MAIN.value());
    Effect opened = knight.effect(job, Effect.Kind.PULL_REQUEST);
    assertThat(opened.state()).isEqualTo(Effect.State.DONE);
    assertThat(opened.externalId()).contains(Long.toString(pull.number()));
    Effect pushed = knight.effect(job, Effect.Kind.PUSH);
    assertThat(pushed.state()).isEqualTo(Effect.State.DONE);
    assertThat(pushed.externalId()).contains(pull.pull().orElseThrow().headCommit());
  }

  private List<Issue> pulls() {
    return knight.world().pullRequests(PublishWorld.ENGINE);
  }

  private List<SeenRequest> posts() {
    return knight.requests().stream()
        .filter(seen -> seen.method().equals("POST") && seen.path().equals(PULLS))
        .toList();
  }

  private static Subject pull(long number) {
    return new Subject(PublishWorld.ENGINE, number);
  }
}
