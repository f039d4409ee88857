package dev.knight;

import dev.knight.upkeep.Upkeep;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Singleton;

/**
 * Ticks the upkeep: a few minutes after the start, when jobs have been found again, then hourly.
 */
@Singleton
final class UpkeepTimer {
  private final Upkeep upkeep;

  UpkeepTimer(Upkeep upkeep) {
    this.upkeep = upkeep;
  }

  @Scheduled(every = "1h", delayed = "5m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tidy() {
    upkeep.runOnce();
  }

  /** Only if it has begun. */
  void stop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent end) {
    upkeep.close();
  }
}
