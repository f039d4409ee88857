package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
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
    Loop loop = new Loop("test", rounds::incrementAndGet, threads::add);

    loop.tick();
    loop.tick();
    assertThat(threads).hasSize(1);
    threads.remove().run();
    assertThat(rounds).hasValue(1);

    loop.tick();
    threads.remove().run();
    assertThat(rounds).hasValue(2);
  }

  @Test
  void a_round_that_fails_does_not_keep_the_next_from_being_tried() {
    Loop loop = new Loop("test", this::fail, threads::add);

    loop.tick();
    threads.remove().run();
    loop.tick();
    threads.remove().run();

    assertThat(rounds).hasValue(2);
  }

  @Test
  void who_wakes_it_in_the_midst_of_a_round_gets_another_one() {
    AtomicReference<Loop> woken = new AtomicReference<>();
    Loop loop =
        new Loop(
            "test",
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
    Loop loop = new Loop("test", rounds::incrementAndGet, threads::add);

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

  private void fail() {
    rounds.incrementAndGet();
    throw new IllegalStateException("A mistake");
  }
}
