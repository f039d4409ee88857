package dev.knight.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Failure.Bug;
import dev.knight.job.Failure.Operator;
import dev.knight.job.Failure.Outage;
import dev.knight.job.Failure.Own;
import dev.knight.job.Failure.Requester;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FailureTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Optional<Instant> NAMED = Optional.of(NOW.plusSeconds(77));

  /** The whole classification. */
  static Stream<Arguments> classes() {
    String mend = "The operator of this knight has to mend something: ";
    return Stream.of(
        Arguments.of(new RefusedException("no"), new Requester("no")),
        Arguments.of(new UnavailableException("odd", NAMED), new Own("odd", NAMED)),
        Arguments.of(
            new UnavailableException(Side.GITHUB, "away", NAMED, null),
            new Outage(Side.GITHUB, "away", NAMED)),
        Arguments.of(
            new MisconfiguredException("no right"),
            new Operator(Optional.empty(), mend + "no right")),
        Arguments.of(
            new MisconfiguredException(Side.MODEL, "bad key", null),
            new Operator(Optional.of(Side.MODEL), mend + "bad key")),
        Arguments.of(
            new IllegalStateException("secret detail"),
            new Bug("knight itself failed; its log has the details.")));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @MethodSource("classes")
  void each_exception_is_one_class(RuntimeException thrown, Failure failure) {
    assertThat(Failure.of(thrown)).isEqualTo(failure);
  }

  @Test
  void three_failures_of_one_class_are_enough() {
    Own own = new Own("pi died", Optional.empty());
    Setbacks twice = Setbacks.NONE.after(own, NOW).after(own, NOW);

    assertThat(twice.isEnough(own, NOW)).isFalse();
    assertThat(twice.after(own, NOW).isEnough(own, NOW)).isTrue();
  }

  @Test
  void failures_of_another_class_are_counted_apart() {
    Own own = new Own("pi died", Optional.empty());
    Bug bug = new Bug("bug");
    Setbacks mixed = Setbacks.NONE.after(own, NOW).after(own, NOW).after(bug, NOW).after(bug, NOW);

    assertThat(mixed.isEnough(own, NOW)).isFalse();
    assertThat(mixed.isEnough(bug, NOW)).isFalse();
    assertThat(mixed.times(bug)).isEqualTo(2);
  }

  @Test
  void an_outage_is_waited_out_for_a_day_however_often_it_is_met() {
    Outage away = new Outage(Side.MODEL, "away", Optional.empty());
    Setbacks waiting = Setbacks.NONE;
    for (int i = 0; i < 100; i++) {
      waiting = waiting.after(away, NOW.plusSeconds(i));
    }

    assertThat(waiting.waits()).isEqualTo(100);
    assertThat(waiting.isEnough(away, NOW.plus(Duration.ofHours(23)))).isFalse();
    assertThat(waiting.isEnough(away, NOW.plus(Duration.ofHours(24)))).isTrue();
  }

  @Test
  void an_outage_in_between_costs_a_job_none_of_its_own_tries() {
    Own own = new Own("pi died", Optional.empty());
    Setbacks waited =
        Setbacks.NONE.after(own, NOW).after(new Outage(Side.GIT, "away", Optional.empty()), NOW);

    assertThat(waited.failures()).isEqualTo(1);
    assertThat(waited.after(own, NOW).isWaiting()).isFalse();
  }

  @Test
  void what_the_requester_has_to_mend_is_not_tried_again() {
    Requester refused = new Requester("no");

    assertThat(Setbacks.NONE.after(refused, NOW)).isEqualTo(Setbacks.NONE);
    assertThat(Setbacks.NONE.isEnough(refused, NOW)).isTrue();
  }
}
