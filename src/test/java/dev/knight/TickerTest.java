package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TickerTest {
  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration NEVER = Duration.ofDays(1);

  /** How often it asks before it rests. */
  private static final int QUIET = 12;

  private static final int MANY = 100;

  private final Semaphore questions = new Semaphore(0);
  private final Semaphore rounds = new Semaphore(0);
  private final Loop quiet = new Loop("quiet", this::isNeverDue, () -> {});
  private Ticker ticker = new Ticker(AT_ONCE, NEVER);

  @AfterEach
  void ends() {
    ticker.stop();
  }

  @Test
  void a_loop_that_is_due_is_ticked_again_and_again() throws Exception {
    Loop busy = new Loop("busy", () -> true, rounds::release);

    ticker.start(List.of(busy, quiet), List.of());

    await(rounds, MANY);
    await(questions, MANY);
  }

  @Test
  void where_nothing_happens_it_still_ticks() throws Exception {
    ticker = new Ticker(AT_ONCE, AT_ONCE);

    ticker.start(List.of(quiet), List.of(new Loop("seldom", this::isNeverDue, () -> {})));

    await(questions, 2 * MANY);
  }

  @Test
  void who_wakes_it_does_not_wait_until_it_has_rested() throws Exception {
    ticker.start(List.of(quiet), List.of());
    await(questions, QUIET); // and now it rests, or will

    ticker.wake();

    await(questions, QUIET - 1);
  }

  @Test
  void what_is_done_seldom_keeps_it_from_no_rest() throws Exception {
    ticker.start(List.of(quiet), List.of(new Loop("seldom", () -> true, rounds::release)));

    await(questions, QUIET);
    await(rounds, 1);

    assertThat(questions.availablePermits()).isZero();
  }

  @Test
  void who_wakes_it_too_early_or_too_late_does_no_harm() throws Exception {
    ticker.wake();
    ticker.start(List.of(quiet), List.of());
    await(questions, 1);
    ticker.stop();

    ticker.wake();

    assertThat(quiet.tick()).isFalse();
  }

  @Test
  void who_wakes_it_from_its_rest_after_the_end_does_no_harm() throws Exception {
    ticker.start(List.of(quiet), List.of());
    await(questions, QUIET);
    ticker.stop();

    assertThatCode(ticker::wake).doesNotThrowAnyException();
  }

  private boolean isNeverDue() {
    questions.release();
    return false;
  }

  private static void await(Semaphore signs, int many) throws InterruptedException {
    assertThat(signs.tryAcquire(many, 5, TimeUnit.MINUTES)).isTrue();
  }
}
