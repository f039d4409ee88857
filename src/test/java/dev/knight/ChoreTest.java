package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.TestClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChoreTest {
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration EVERY = Duration.ofMinutes(15);

  private final TestClock clock = TestClock.atNoon();
  private final AtomicBoolean wanted = new AtomicBoolean(true);
  private final AtomicInteger done = new AtomicInteger();
  private final Chore chore = new Chore(FIRST, EVERY, wanted::get, done::incrementAndGet, clock);

  @Test
  void it_is_due_after_a_while_and_then_once_in_each_period() {
    assertThat(chore.isDue()).isFalse();
    clock.pass(FIRST);
    assertThat(chore.isDue()).isTrue();

    chore.runOnce();

    assertThat(done).hasValue(1);
    assertThat(chore.isDue()).isFalse();
    clock.pass(EVERY.minusSeconds(1));
    assertThat(chore.isDue()).isFalse();
    clock.pass(Duration.ofSeconds(1));
    assertThat(chore.isDue()).isTrue();
  }

  @Test
  void one_that_nobody_wants_is_due_as_soon_as_somebody_does() {
    wanted.set(false);
    clock.pass(FIRST);
    assertThat(chore.isDue()).isFalse();

    wanted.set(true);

    assertThat(chore.isDue()).isTrue();
  }

  @Test
  void a_clock_that_was_set_back_does_not_keep_it_waiting() {
    chore.runOnce();

    clock.pass(Duration.ofDays(-1));

    assertThat(chore.isDue()).isTrue();
  }
}
