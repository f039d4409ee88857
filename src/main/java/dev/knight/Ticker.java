package dev.knight;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/**
 * The one clock of all {@link Loop}s: a task of the scheduler for each of them would wake several
 * threads a second, although there is nothing to do.
 */
@Singleton
final class Ticker {
  private final Event<Tick> seconds;

  Ticker(Event<Tick> seconds) {
    this.seconds = seconds;
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tick() {
    seconds.fire(new Tick());
  }
}
