package dev.knight;

import dev.knight.notify.Notifier;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Singleton;

/** Ticks the telling of people, which waits for nobody. */
@Singleton
final class NoticeTimer {
  private final Notifier notifier;
  private final Loop loop;

  NoticeTimer(Notifier notifier) {
    this.notifier = notifier;
    this.loop = new Loop("notices", notifier::runOnce);
  }

  void tell(@Observes Tick tick) {
    loop.tick();
  }

  /** Only if it has begun. */
  void stop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent end) {
    notifier.close();
  }
}
