package dev.knight.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.job.Effect;
import dev.knight.job.Job;
import dev.knight.job.UnavailableException;
import dev.knight.rehearsal.Comment;
import dev.knight.rehearsal.Fault;
import dev.knight.rehearsal.Permission;
import dev.knight.rehearsal.Weather;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
class ReporterTest {
  private static final String COMMENTS = ".*/issues/[0-9]+/comments";

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
    return Stream.of(0, 5, 14)
        .flatMap(lag -> Stream.of(Loss.values()).map(loss -> Arguments.of(loss, lag)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void a_status_comment_is_made_once_whatever_is_lost(Loss loss, int lag) {
    knight.lag(Duration.ofSeconds(lag));
    Job job = knight.asked();
    loss.happen("comment", "POST", COMMENTS, knight.standIn, knight.github);

    knight.rest();
    knight.finished(job);
    knight.rest();

    assertThat(knight.own(job))
        .singleElement()
        .extracting(Comment::body)
        .asString()
        .contains("@ada, nothing");
    assertThat(knight.effect(job, Effect.Kind.STATUS_COMMENT).state()).isEqualTo(Effect.State.DONE);
    assertThat(knight.world().notifications("ada")).hasSize(1);
    assertThat(knight.store.toCheck()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void the_final_word_is_said_once_whatever_is_lost(Loss loss, int lag) {
    knight.lag(Duration.ofSeconds(lag));
    Job job = knight.asked();
    knight.rest();
    loss.happen("editComment", "PATCH", ".*/issues/comments/.*", knight.standIn, knight.github);

    knight.finished(job);
    knight.rest();

    assertThat(knight.own(job))
        .singleElement()
        .extracting(Comment::body)
        .asString()
        .contains("@ada, nothing");
    assertThat(knight.world().notifications("ada")).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void a_reaction_is_given_once_whatever_is_lost(Loss loss, int lag) {
    knight.lag(Duration.ofSeconds(lag));
    Job job = knight.asked();
    loss.happen("react", "POST", ".*/reactions", knight.standIn, knight.github);

    knight.rest();

    assertThat(knight.reactions(job)).hasSize(1);
    assertThat(knight.effect(job, Effect.Kind.REACTION).state()).isEqualTo(Effect.State.DONE);
  }

  @Test
  void a_lost_answer_is_waited_out_and_what_it_made_is_adopted() {
    Job job = knight.asked();
    knight.standIn.inject(Fault.on("POST", COMMENTS).dropAfter());
    knight.tick();
    Comment made = knight.own(job).getFirst();
    Instant lost = knight.clock.instant();
    assertThat(knight.effect(job, Effect.Kind.STATUS_COMMENT).state())
        .isEqualTo(Effect.State.UNKNOWN);

    knight.standIn.forgetRequests();
    knight.rest();

    assertThat(knight.effect(job, Effect.Kind.STATUS_COMMENT).externalId())
        .contains(Long.toString(made.id()));
    assertThat(knight.requests())
        .isNotEmpty()
        .noneMatch(seen -> seen.method().equals("POST"))
        .filteredOn(seen -> seen.path().endsWith("/comments"))
        .noneMatch(seen -> seen.at().isBefore(lost.plusSeconds(14)));
  }

  @Test
  void a_call_is_on_record_before_it_is_made() {
    Job job = knight.asked();
    knight.github.fate((write, made) -> {
      if (write.equals("comment") && !made) {
        Effect effect = knight.effect(job, Effect.Kind.STATUS_COMMENT);
        assertThat(effect.state()).isEqualTo(Effect.State.UNKNOWN);
        assertThat(effect.begunAt()).contains(knight.clock.instant());
      }
      return false;
    });

    knight.tick();

    assertThat(knight.own(job)).hasSize(1);
  }

  @Test
  void a_call_of_a_process_that_died_is_waited_out_from_the_start_of_the_next() {
    Job job = knight.asked();
    knight.github.dieAt("comment", true);
    knight.tick();
    knight.clock.pass(Duration.ofHours(3));
    knight.restart();
    Instant start = knight.clock.instant();
    knight.standIn.forgetRequests();

    knight.rest();

    assertThat(knight.own(job)).hasSize(1);
    assertThat(knight.requests())
        .filteredOn(seen -> seen.path().endsWith("/comments"))
        .isNotEmpty()
        .noneMatch(seen -> seen.at().isBefore(start.plusSeconds(15)));
  }

  @Test
  void a_clock_that_is_set_back_delays_nothing() {
    Job job = knight.asked();
    knight.standIn.inject(Fault.on("POST", COMMENTS).dropAfter());
    knight.tick();
    knight.setBack(Duration.ofDays(365));

    knight.rest();
    knight.setBack(Duration.ofDays(365));
    knight.finished(job);
    knight.rest();

    assertThat(knight.own(job))
        .singleElement()
        .extracting(Comment::body)
        .asString()
        .contains("@ada, nothing");
    assertThat(knight.store.toCheck()).isEmpty();
  }

  @Test
  void a_second_comment_that_lagging_lists_let_through_is_taken_back() {
    knight.lag(Duration.ofSeconds(40));
    Job job = knight.asked();
    knight.standIn.inject(Fault.on("POST", COMMENTS).dropAfter());
    for (int second = 0; second < 18; second++) {
      knight.tick();
    }
    assertThat(knight.own(job)).hasSize(2);
    Comment first = knight.own(job).getFirst();

    knight.rest();

    assertThat(knight.own(job)).singleElement().extracting(Comment::id).isEqualTo(first.id());
    knight.finished(job);
    knight.rest();
    assertThat(knight.own(job))
        .singleElement()
        .extracting(Comment::body)
        .asString()
        .contains("@ada, nothing");
  }

  @Test
  void who_slept_while_another_service_wrote_takes_its_own_comment_back() {
    Job job = knight.asked();
    Reporter other = knight.another();
    knight.github.fate((write, made) -> {
      if (write.equals("comment") && !made) {
        knight.github.fate((_, _) -> false);
        knight.clock.pass(Duration.ofSeconds(20));
        other.runOnce();
      }
      return false;
    });

    knight.tick();
    assertThat(knight.own(job)).hasSize(2);
    knight.rest();

    assertThat(knight.own(job)).hasSize(1);
    assertThat(knight.effect(job, Effect.Kind.STATUS_COMMENT).externalId())
        .contains(Long.toString(knight.own(job).getFirst().id()));
  }

  @Test
  void who_slept_until_another_service_had_written_writes_nothing() {
    Job job = knight.asked();
    Reporter other = knight.another();
    Effect read =
        knight.store.plan(job.id(), Effect.Kind.STATUS_COMMENT, "", knight.clock.instant());
    other.runOnce();
    EffectLog log = new EffectLog(knight.store, knight.clock, PublishSettings.standard());

    assertThatThrownBy(() -> log.begin(read)).isInstanceOf(UnavailableException.class);

    assertThat(knight.effect(job, Effect.Kind.STATUS_COMMENT).state()).isEqualTo(Effect.State.DONE);
  }

  @Test
  void an_edit_that_comes_after_the_final_word_does_not_stand() {
    Job job = knight.asked();
    knight.tick();
    Comment comment = knight.own(job).getFirst();
    knight.finished(job);
    knight.tick();

    knight.rest.editComment(PublishWorld.ENGINE, comment.id(), comment.body());
    knight.rest();

    assertThat(knight.own(job))
        .singleElement()
        .extracting(Comment::body)
        .asString()
        .contains("@ada, nothing");
    assertThat(knight.store.toCheck()).isEmpty();
  }

  @Test
  void an_edit_whose_answer_is_lost_is_looked_at_later() {
    Job job = knight.asked();
    knight.tick();
    knight.finished(job);
    knight.standIn.inject(Fault.on("PATCH", ".*/issues/comments/.*").dropAfter());

    knight.tick();

    assertThat(knight.store.toCheck()).hasSize(1);
    knight.rest();
    assertThat(knight.store.toCheck()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"editComment", "deleteComment"})
  void a_repair_that_is_cut_off_is_finished_later(String write) {
    for (boolean made : new boolean[] {false, true}) {
      Job job = knight.asked();
      knight.tick();
      String body = knight.own(job).getFirst().body();
      knight.world().comment(job.subject(), "sir-knight", body);
      knight.finished(job);
      knight.tick();
      knight.github.dieAt(write, made);

      knight.rest();

      assertThat(knight.own(job))
          .singleElement()
          .extracting(Comment::body)
          .asString()
          .contains("@ada, nothing");
      assertThat(knight.store.toCheck()).isEmpty();
    }
  }

  @Test
  void what_another_knight_wrote_is_left_alone() {
    knight.world().addUser("sir-other");
    knight.world().permit(PublishWorld.ENGINE, "sir-other", Permission.WRITE);
    Job job = knight.asked();
    String marker = Marker.of("status", knight.mention(job.subject())).text();
    knight.world().comment(job.subject(), "sir-other", "I am on it\n" + marker);
    knight.world().comment(job.subject(), "ada", "> " + marker);

    knight.finished(job);
    knight.rest();

    assertThat(knight.own(job)).hasSize(1);
    assertThat(knight.world().comments(job.subject()))
        .extracting(Comment::body)
        .contains("I am on it\n" + marker, "> " + marker);
  }

  @Test
  void a_comment_that_a_person_deleted_is_not_made_again() {
    Job job = knight.asked();
    knight.rest();
    knight.world().deleteComment(PublishWorld.ENGINE, knight.own(job).getFirst().id());

    knight.finished(job);
    knight.rest();

    assertThat(knight.own(job)).isEmpty();
    assertThat(knight.effect(job, Effect.Kind.STATUS_COMMENT).state())
        .isEqualTo(Effect.State.GIVEN_UP);
  }

  @Test
  void what_is_at_rest_is_not_looked_at_any_more() {
    Job job = knight.asked();
    knight.finished(job);
    knight.rest();
    knight.standIn.forgetRequests();

    knight.rest();

    assertThat(knight.own(job)).hasSize(1);
    assertThat(knight.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH"})
  void a_limit_in_the_middle_of_a_job_only_delays(String method) {
    Job job = knight.asked();
    if (method.equals("PATCH")) {
      knight.rest();
    }
    knight.standIn.inject(
        Fault.on(method, ".*/comments.*").secondaryRateLimit(Duration.ofMinutes(2)));
    knight.finished(job);
    knight.tick();
    assertThat(knight.requests().getLast().status()).isEqualTo(403);
    Instant named = knight.clock.instant().plus(Duration.ofMinutes(2));
    knight.standIn.forgetRequests();

    knight.rest();

    assertThat(knight.own(job))
        .singleElement()
        .extracting(Comment::body)
        .asString()
        .contains("@ada, nothing");
    assertThat(knight.requests()).isNotEmpty().noneMatch(seen -> seen.at().isBefore(named));
  }

  @Test
  void one_job_that_cannot_be_told_does_not_silence_the_others() {
    Job broken = knight.asked();
    Job fine = knight.asked();
    String path = ".*/issues/" + broken.subject().number() + "/comments";
    knight.standIn.inject(Fault.on("POST", path).badGateway().times(1_000));

    knight.rest();

    assertThat(knight.own(fine)).hasSize(1);
    assertThat(knight.reactions(fine)).hasSize(1);
    assertThat(knight.own(broken)).isEmpty();
  }

  @Test
  void a_github_that_is_away_is_not_asked_once_a_second() {
    for (int job = 0; job < 20; job++) {
      knight.asked();
    }
    knight.standIn.inject(Fault.on("*", ".*").badGateway().times(1_000_000));

    for (int second = 0; second < 600; second++) {
      knight.tick();
    }

    assertThat(knight.requests()).hasSizeLessThan(60);
    knight.standIn.clearFaults();
    knight.rest();
    assertThat(knight.store.untold()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void in_any_weather_every_job_has_one_comment_at_last(int seed) {
    Random chance = new Random(seed);
    int lag = chance.nextInt(30);
    knight.standIn.weather(
        Weather.CLEAR
            .seed(seed)
            .dropping(0.1, 0.1)
            .failing(0.05)
            .limiting(0.03, Duration.ofSeconds(5))
            .behind(Duration.ofSeconds(lag)));
    // Lists that are behind for longer than is waited for may let a second one through for a while.
    int most = lag < 15 ? 1 : 2;
    Job first = knight.asked();
    Job second = knight.asked();
    live(chance, most, first, second);
    knight.finished(first);
    live(chance, most, first, second);
    knight.finished(second);

    knight.standIn.weather(Weather.CLEAR);
    knight.restart();
    knight.rest();

    assertThat(Stream.of(first, second))
        .allSatisfy(job -> {
          assertThat(knight.own(job))
              .singleElement()
              .extracting(Comment::body)
              .asString()
              .contains("@ada, nothing");
          assertThat(knight.reactions(job)).hasSize(1);
        });
    assertThat(knight.store.toCheck()).isEmpty();
  }

  /** Some minutes in which each write may be the last of its process. */
  private void live(Random chance, int mostComments, Job... jobs) {
    for (int second = 0; second < 200; second++) {
      knight.github.fate((_, _) -> chance.nextInt(10) == 0);
      knight.tick();
      assertThat(jobs)
          .allSatisfy(job -> assertThat(knight.own(job)).hasSizeLessThanOrEqualTo(mostComments));
    }
  }
}
