package dev.knight.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WatchersTest {
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final AtomicReference<Thread> teller = new AtomicReference<>();

  @Test
  void who_is_at_work_when_it_ends_is_not_interrupted_and_told_nothing_more() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Watchers watchers = new Watchers();
    watchers.add(line -> {
      teller.set(Thread.currentThread());
      begun.countDown();
      told.add(hold(goOn) ? line : "interrupted");
    });
    watchers.offer("first");
    watchers.offer("second");
    begun.await();

    watchers.close();
    goOn.countDown();
    teller.get().join();

    assertThat(told).containsExactly("first");
  }

  @Test
  void one_that_waits_for_a_line_ends() throws Exception {
    Watchers watchers = new Watchers();
    watchers.add(line -> {
      teller.set(Thread.currentThread());
      told.add(line);
    });
    watchers.offer("first");
    assertThat(told.poll(1, TimeUnit.MINUTES)).isEqualTo("first");

    watchers.close();
    teller.get().join();

    assertThat(told).isEmpty();
  }

  private static boolean hold(CountDownLatch latch) {
    try {
      return latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException cutOff) {
      return false;
    }
  }
}
