package dev.knight;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one clock of all {@link Loop}s, on a thread of its own. Each time that it wakes costs more
 * than all that it asks them, so where nothing happens it wakes seldom.
 */
@Singleton
final class Ticker {
  /** Longer than it is from one poll to the next of what is watched closely. */
  private static final int QUIET = 12;

  private final Duration pace;
  private final Duration rest;
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("ticker").factory());
  private volatile List<Loop> loops = List.of();
  private volatile List<Loop> chores = List.of();
  private @Nullable ScheduledFuture<?> next;
  private int quiet;

  @Inject
  Ticker() {
    this(Duration.ofSeconds(1), Duration.ofSeconds(5));
  }

  /** Ticks once in each {@code pace}, and in each {@code rest} where nothing happens. */
  Ticker(Duration pace, Duration rest) {
    this.pace = pace;
    this.rest = rest;
  }

  /** Ticks all of them from now on. That one of {@code seldom} has a round is no sign of work. */
  synchronized void start(List<Loop> all, List<Loop> seldom) {
    loops = all;
    chores = seldom;
    next = after(pace);
  }

  /** Something has begun: the loops are asked soon, unless this has not started, or has ended. */
  synchronized void wake() {
    quiet = 0;
    if (next != null
        && next.getDelay(TimeUnit.MILLISECONDS) > pace.toMillis()
        && !ticks.isShutdown()) {
      next.cancel(false);
      next = after(pace);
    }
  }

  /** None of them begins another round. Waits for nobody. */
  synchronized void stop() {
    ticks.shutdown();
    loops.forEach(loop -> loop.end(Duration.ZERO));
    chores.forEach(loop -> loop.end(Duration.ZERO));
  }

  private void tick() {
    chores.forEach(Loop::tick);
    boolean isQuiet = true;
    for (Loop loop : loops) {
      isQuiet &= !loop.tick();
    }
    plan(isQuiet);
  }

  private synchronized void plan(boolean isQuiet) {
    quiet = isQuiet ? quiet + 1 : 0;
    if (!ticks.isShutdown()) {
      next = after(quiet < QUIET ? pace : rest);
    }
  }

  private ScheduledFuture<?> after(Duration wait) {
    return ticks.schedule(this::tick, wait.toMillis(), TimeUnit.MILLISECONDS);
  }
}
