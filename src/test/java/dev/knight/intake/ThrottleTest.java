package dev.knight.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ThrottleTest {
  private static final List<Integer> MANY = IntStream.range(0, 1_000).boxed().toList();

  private final TestClock clock = TestClock.atNoon();
  private final Throttle throttle = new Throttle();

  @Test
  void the_first_come_first() {
    assertThat(throttle.admit(MANY, clock.instant())).startsWith(0, 1, 2).hasSize(20);
  }

  @Test
  void what_is_wanted_seldom_is_never_held_up() {
    throttle.admit(MANY.subList(0, 19), clock.instant());

    assertThat(throttle.admit(MANY.subList(0, 1), clock.instant())).hasSize(1);
  }

  @Test
  void a_minute_has_150_looks_however_many_are_wanted() {
    throttle.admit(MANY, clock.instant());
    int looks = 0;
    for (int second = 0; second < 60; second++) {
      clock.pass(Duration.ofSeconds(1));
      looks += throttle.admit(MANY, clock.instant()).size();
    }

    assertThat(looks).isEqualTo(150);
  }

  @Test
  void after_a_long_quiet_there_are_no_more_at_once_than_ever() {
    throttle.admit(MANY, clock.instant());
    clock.pass(Duration.ofDays(1));

    assertThat(throttle.admit(MANY, clock.instant())).hasSize(20);
  }

  @Test
  void a_clock_that_is_set_back_holds_nothing_up() {
    throttle.admit(MANY, clock.instant());
    clock.pass(Duration.ofHours(-2));

    assertThat(throttle.admit(MANY, clock.instant())).isNotEmpty();
  }
}
