package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoopTest {
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final AtomicInteger rounds = new AtomicInteger();

  @Test
  void no_round_begins_while_the_last_one_goes_on() {
    Loop loop = new Loop("test", () -> true, rounds::incrementAndGet, threads::add);

    assertThat(loop.tick()).isTrue();
    assertThat(loop.tick()).isTrue();
    assertThat(threads).hasSize(1);
    threads.remove().run();
    assertThat(rounds).hasValue(1);

    assertThat(loop.tick()).isTrue();
    threads.remove().run();
    assertThat(rounds).hasValue(2);
  }

  @Test
  void a_round_that_fails_does_not_keep_the_next_from_being_tried() {
    Loop loop = new Loop("test", () -> true, this::fail, threads::add);

    loop.tick();
    threads.remove().run();
    loop.tick();
    threads.remove().run();

    assertThat(rounds).hasValue(2);
  }

  @Test
  void nor_does_one_that_breaks_down_with_an_error() {
    Loop loop = new Loop("test", () -> true, this::breakDown, threads::add);

    loop.tick();
    threads.remove().run();
    loop.tick();
    threads.remove().run();

    assertThat(rounds).hasValue(2);
  }

  @Test
  void nothing_begins_that_is_not_due() {
    AtomicBoolean due = new AtomicBoolean();
    Loop loop = new Loop("test", due::get, rounds::incrementAndGet, threads::add);

    assertThat(loop.tick()).isFalse();
    assertThat(threads).isEmpty();
    due.set(true);

    assertThat(loop.tick()).isTrue();
    assertThat(threads).hasSize(1);
  }

  @Test
  void who_wakes_it_gets_a_round_due_or_not() {
    Loop loop = new Loop("test", () -> false, rounds::incrementAndGet, threads::add);

    loop.wake();
    threads.remove().run();

    assertThat(rounds).hasValue(1);
  }

  @Test
  void a_question_that_fails_does_not_keep_the_others_from_being_ticked() {
    Loop loop = new Loop("test", this::unknown, rounds::incrementAndGet, threads::add);

    loop.tick();

    assertThat(threads).isEmpty();
    assertThat(rounds).hasValue(1);
  }

  @Test
  void nor_does_a_question_that_breaks_down_with_an_error() {
    Loop loop =
        new Loop(
            "test",
            () -> {
              breakDown();
              return true;
            },
            rounds::incrementAndGet,
            threads::add);

    loop.tick();

    assertThat(threads).isEmpty();
    assertThat(rounds).hasValue(1);
  }

  @Test
  void a_round_that_gets_no_thread_does_not_keep_the_next_from_being_tried() {
    AtomicInteger tries = new AtomicInteger();
    Loop loop =
        new Loop(
            "test",
            () -> true,
            rounds::incrementAndGet,
            round -> {
              if (tries.incrementAndGet() <= 2) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              round.run();
            });

    loop.tick();
    loop.wake();
    loop.tick();

    assertThat(tries).hasValue(3);
    assertThat(rounds).hasValue(1);
  }

  @Test
  void who_wakes_it_in_the_midst_of_a_round_gets_another_one() {
    AtomicReference<Loop> woken = new AtomicReference<>();
    Loop loop =
        new Loop(
            "test",
            () -> true,
            () -> {
              if (rounds.incrementAndGet() == 1) {
                woken.get().wake();
              }
            },
            threads::add);
    woken.set(loop);

    loop.wake();
    threads.remove().run();

    assertThat(rounds).hasValue(2);
    assertThat(threads).isEmpty();
  }

  @Test
  void what_has_ended_begins_no_round() {
    Loop loop = new Loop("test", () -> true, rounds::incrementAndGet, threads::add);

    loop.tick();
    loop.end(Duration.ZERO);
    threads.remove().run();
    loop.tick();
    loop.wake();

    assertThat(rounds).hasValue(0);
    assertThat(threads).isEmpty();
  }

  @Test
  void its_end_waits_for_the_round_that_is_under_way() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Loop loop =
        new Loop(
            "test",
            () -> true,
            () -> {
              begun.countDown();
              awaitQuietly(goOn);
              rounds.incrementAndGet();
            });
    loop.tick();
    begun.await();

    Thread ending = Thread.ofVirtual().start(() -> loop.end(Duration.ofMinutes(1)));
    goOn.countDown();
    ending.join();

    assertThat(rounds).hasValue(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void breakDown() {
    rounds.incrementAndGet();
    throw new StackOverflowError("A mistake");
  }

  private boolean unknown() {
    fail();
    return true;
  }

  private void fail() {
    rounds.incrementAndGet();
    throw new IllegalStateException("A mistake");
  }
}
