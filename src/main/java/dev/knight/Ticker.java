package dev.knight;

import io.quarkus.scheduler.Scheduler;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The one clock of all {@link Loop}s, on a thread of its own: by way of the scheduler each tick
 * would wake three, although there is nothing to do. What is done seldom is the scheduler's, which
 * is halted until this starts: a service that never began is not ticked.
 */
@Singleton
final class Ticker {
  private final Scheduler scheduler;
  private final Duration pace;
  private volatile List<Loop> loops = List.of();
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("ticker").factory());

  @Inject
  Ticker(Scheduler scheduler) {
    this(scheduler, Duration.ofSeconds(1));
  }

  /** Ticks once in each {@code pace}. */
  Ticker(Scheduler scheduler, Duration pace) {
    this.scheduler = scheduler;
    this.pace = pace;
  }

  /** Ticks {@code all} from now on. */
  void start(List<Loop> all) {
    loops = all;
    scheduler.resume();
    long millis = pace.toMillis();
    var _ =
        ticks.scheduleWithFixedDelay(
            () -> loops.forEach(Loop::tick), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** None of them begins another round. Waits for nobody. */
  void stop() {
    scheduler.pause();
    ticks.shutdown();
    loops.forEach(loop -> loop.end(Duration.ZERO));
  }
}
