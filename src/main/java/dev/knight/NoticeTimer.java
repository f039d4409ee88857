package dev.knight;

import dev.knight.notify.Notifier;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Singleton;

/** Ticks the telling of people, which waits for nobody. */
@Singleton
final class NoticeTimer {
  private final Notifier notifier;

  NoticeTimer(Notifier notifier) {
    this.notifier = notifier;
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tell() {
    notifier.runOnce();
  }

  /** Only if it has begun. */
  void stop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent end) {
    notifier.close();
  }
}
