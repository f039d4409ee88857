package dev.knight.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.chaos.Script.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TriggerTest {
  private static final Strike VERIFY =
      new Strike(1, Victim.SERVICE, new Moment.Entered("verify", Duration.ZERO));
  private static final Strike TURN =
      new Strike(2, Victim.SERVICE, new Moment.Turn("implement", false, 1, Duration.ZERO));

  private final List<Strike> fallen = new ArrayList<>();
  private boolean isThere = true;
  private final Trigger trigger = new Trigger(this::strike);

  @Test
  void the_first_moment_that_comes_lets_one_strike_fall() throws Exception {
    trigger.arm(List.of(VERIFY, TURN));

    trigger.entered(1, "review");
    trigger.asked(new Question(1, 0, 0));
    trigger.asked(new Question(1, 1, 1));
    trigger.asked(new Question(1, 0, 1));
    trigger.entered(1, "verify");

    assertThat(trigger.await(Duration.ZERO).map(Blow::strike)).contains(TURN);
    assertThat(fallen).containsExactly(TURN);
  }

  @Test
  void where_there_is_nothing_to_kill_the_hand_waits_on() throws Exception {
    trigger.arm(List.of(VERIFY, TURN));
    isThere = false;
    trigger.entered(1, "verify");
    isThere = true;
    trigger.asked(new Question(1, 0, 1));

    assertThat(trigger.await(Duration.ZERO).map(Blow::strike)).contains(TURN);
  }

  @Test
  void nothing_falls_after_the_wait() throws Exception {
    trigger.arm(List.of(VERIFY));

    assertThat(trigger.await(Duration.ZERO)).isEmpty();
    trigger.entered(1, "verify");

    assertThat(fallen).isEmpty();
  }

  private Optional<Blow> strike(Strike strike, int task) {
    if (!isThere) {
      return Optional.empty();
    }
    fallen.add(strike);
    return Optional.of(new Blow(strike, Instant.EPOCH, strike.moment().step()));
  }
}
