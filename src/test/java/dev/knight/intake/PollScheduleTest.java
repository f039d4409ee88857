package dev.knight.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.TestClock;
import dev.knight.intake.PollSchedule.Rhythm;
import dev.knight.job.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PollScheduleTest {
  private static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");
  private static final RepositoryName NOTES = RepositoryName.parse("ada/notes");

  private final TestClock clock = TestClock.atNoon();
  private final PollSchedule schedule =
      new PollSchedule(Duration.ofSeconds(10), List.of(ENGINE, NOTES));

  @Test
  void everything_is_due_at_the_start() {
    assertThat(due()).containsExactly(ENGINE, NOTES);
  }

  @Test
  void the_next_look_is_at_the_first_that_is_due_or_at_the_question_for_all_after_a_pause() {
    Instant now = clock.instant();
    schedule.looked(ENGINE, true, Rhythm.CLOSE, now);
    schedule.looked(NOTES, false, Rhythm.CLOSE, now);

    assertThat(schedule.next(Instant.MAX)).isEqualTo(now.plusSeconds(10));
    assertThat(schedule.next(now.plusSeconds(5))).isEqualTo(now.plusSeconds(5));
    schedule.pause(now.plusSeconds(90));
    assertThat(schedule.next(now.plusSeconds(5))).isEqualTo(now.plusSeconds(90));
  }

  @Test
  void a_busy_repository_is_due_at_each_interval() {
    schedule.looked(ENGINE, true, Rhythm.CLOSE, clock.instant());

    assertThat(gap(ENGINE)).isEqualTo(10);
  }

  @Test
  void an_idle_repository_backs_off_to_a_minute() {
    List<Integer> gaps = idle(schedule, 5);

    assertThat(gaps).containsExactly(20, 40, 60, 60, 60);
  }

  @Test
  void a_conversation_counts_as_going_on_for_five_minutes() {
    schedule.looked(ENGINE, true, Rhythm.CLOSE, clock.instant());
    clock.pass(Duration.ofMinutes(5).minusSeconds(1));
    schedule.looked(ENGINE, false, Rhythm.CLOSE, clock.instant());
    int while_it_lingers = gap(ENGINE);
    clock.pass(Duration.ofSeconds(1));
    schedule.looked(ENGINE, false, Rhythm.CLOSE, clock.instant());

    assertThat(while_it_lingers).isEqualTo(10);
    assertThat(gap(ENGINE)).isEqualTo(20);
  }

  @Test
  void news_bring_an_idle_repository_back_to_the_interval() {
    idle(schedule, 5);
    schedule.looked(ENGINE, true, Rhythm.CLOSE, clock.instant());

    assertThat(gap(ENGINE)).isEqualTo(10);
  }

  @Test
  void an_interval_above_a_minute_stays() {
    PollSchedule slow = new PollSchedule(Duration.ofMinutes(3), List.of(ENGINE));

    assertThat(idle(slow, 2)).containsExactly(180, 180);
  }

  @Test
  void a_failing_repository_backs_off_alone_and_says_so_once() {
    boolean first = schedule.failed(ENGINE, clock.instant());
    int gap = gap(ENGINE);
    boolean second = schedule.failed(ENGINE, clock.instant());

    assertThat(first).isTrue();
    assertThat(second).isFalse();
    assertThat(gap).isEqualTo(20);
    assertThat(gap(ENGINE)).isEqualTo(40);
    assertThat(due()).containsExactly(NOTES);
  }

  @Test
  void a_failing_repository_is_tried_at_least_every_ten_minutes() {
    for (int i = 0; i < 100; i++) {
      schedule.failed(ENGINE, clock.instant());
    }

    assertThat(gap(ENGINE)).isEqualTo(600);
  }

  @Test
  void a_repository_that_works_again_is_told_of_once() {
    schedule.failed(ENGINE, clock.instant());

    assertThat(schedule.looked(ENGINE, false, Rhythm.CLOSE, clock.instant())).isTrue();
    assertThat(schedule.looked(ENGINE, false, Rhythm.CLOSE, clock.instant())).isFalse();
  }

  @Test
  void a_pause_holds_for_all_and_a_shorter_one_does_not_end_it() {
    schedule.pause(clock.instant().plusSeconds(60));
    schedule.pause(clock.instant().plusSeconds(5));
    clock.pass(Duration.ofSeconds(59));
    List<RepositoryName> paused = due();
    clock.pass(Duration.ofSeconds(1));

    assertThat(paused).isEmpty();
    assertThat(due()).containsExactly(ENGINE, NOTES);
  }

  @Test
  void the_longest_overdue_comes_first() {
    schedule.looked(ENGINE, true, Rhythm.CLOSE, clock.instant());
    clock.pass(Duration.ofSeconds(1));
    schedule.looked(NOTES, true, Rhythm.CLOSE, clock.instant());
    clock.pass(Duration.ofSeconds(1));
    schedule.looked(ENGINE, true, Rhythm.CLOSE, clock.instant());
    clock.pass(Duration.ofMinutes(1));

    assertThat(due()).containsExactly(NOTES, ENGINE);
  }

  @Test
  void where_somebody_tells_it_is_looked_at_every_quarter_of_an_hour() {
    schedule.looked(ENGINE, false, Rhythm.DISTANT, clock.instant());

    assertThat(gap(ENGINE)).isEqualTo(900);
  }

  @Test
  void whoever_is_woken_is_due_at_once_and_at_each_interval_for_three_minutes() {
    schedule.looked(ENGINE, false, Rhythm.DISTANT, clock.instant());
    schedule.wake(ENGINE, clock.instant());
    int atOnce = gap(ENGINE);
    clock.pass(Duration.ofMinutes(3).minusSeconds(1));
    schedule.looked(ENGINE, false, Rhythm.DISTANT, clock.instant());
    int before = gap(ENGINE);
    clock.pass(Duration.ofSeconds(10));
    schedule.looked(ENGINE, false, Rhythm.DISTANT, clock.instant());

    assertThat(atOnce).isZero();
    assertThat(before).isEqualTo(10);
    assertThat(gap(ENGINE)).isEqualTo(900);
  }

  @Test
  void whoever_is_looked_at_each_interval_is_not_woken_sooner() {
    schedule.looked(ENGINE, true, Rhythm.CLOSE, clock.instant());
    schedule.wake(ENGINE, clock.instant());

    assertThat(gap(ENGINE)).isEqualTo(10);
  }

  @Test
  void a_failing_repository_is_not_woken() {
    schedule.failed(ENGINE, clock.instant());
    schedule.wake(ENGINE, clock.instant());

    assertThat(gap(ENGINE)).isEqualTo(20);
  }

  @Test
  void those_that_somebody_tells_of_are_spread_over_a_quarter_of_an_hour() {
    schedule.spread(schedule.untouched(), clock.instant());

    assertThat(gap(ENGINE)).isEqualTo(450);
    assertThat(gap(NOTES)).isEqualTo(900);
    assertThat(schedule.untouched()).isEmpty();
  }

  @Test
  void when_nobody_tells_any_more_all_are_due_within_a_minute() {
    schedule.looked(ENGINE, false, Rhythm.DISTANT, clock.instant());
    schedule.looked(NOTES, true, Rhythm.CLOSE, clock.instant());
    schedule.gather(clock.instant());

    assertThat(gap(ENGINE)).isEqualTo(60);
    assertThat(gap(NOTES)).isEqualTo(10);
  }

  @Test
  void where_too_much_is_due_each_waits_as_much_longer_for_its_own_rhythm() {
    idle(schedule, 5);
    schedule.looked(ENGINE, false, Rhythm.CLOSE, clock.instant());
    clock.pass(Duration.ofSeconds(60));
    schedule.looked(NOTES, true, Rhythm.CLOSE, clock.instant());
    clock.pass(Duration.ofSeconds(15));
    List<RepositoryName> busyFirst = due();
    schedule.looked(NOTES, true, Rhythm.CLOSE, clock.instant());
    clock.pass(Duration.ofSeconds(12));
    List<RepositoryName> idleFirst = due();

    assertThat(busyFirst).containsExactly(NOTES, ENGINE);
    assertThat(idleFirst).containsExactly(ENGINE, NOTES);
  }

  private List<RepositoryName> due() {
    return schedule.due(clock.instant());
  }

  private int gap(RepositoryName repository) {
    return gap(schedule, repository);
  }

  /** Seconds from now until it is due. */
  private int gap(PollSchedule of, RepositoryName repository) {
    int seconds = 0;
    while (!of.due(clock.instant().plusSeconds(seconds)).contains(repository)) {
      seconds++;
    }
    return seconds;
  }

  private List<Integer> idle(PollSchedule of, int looks) {
    return java.util.stream.IntStream.range(0, looks)
        .map(_ -> {
          of.looked(ENGINE, false, Rhythm.CLOSE, clock.instant());
          int gap = gap(of, ENGINE);
          clock.pass(Duration.ofSeconds(gap));
          return gap;
        })
        .boxed()
        .toList();
  }
}
