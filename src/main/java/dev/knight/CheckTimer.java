package dev.knight;

import dev.knight.ci.Watch;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;

/** Ticks the watch over the checks of pull requests, which knows itself what is due. */
@Singleton
final class CheckTimer {
  private final Watch watch;

  CheckTimer(Watch watch) {
    this.watch = watch;
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    watch.runOnce();
  }
}
