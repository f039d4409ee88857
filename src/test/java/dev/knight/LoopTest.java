package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
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

  private void fail() {
    rounds.incrementAndGet();
    throw new IllegalStateException("A mistake");
  }
}
