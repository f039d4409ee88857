package dev.knight;

import dev.knight.notify.Notifier;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Ticks the telling of people, each way by itself: none waits for another, or for anybody else. */
@Singleton
final class NoticeTimer {
  /** A way takes less. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Notifier notifier;
  private final List<Loop> loops;

  NoticeTimer(Notifier notifier) {
    this.notifier = notifier;
    this.loops = notifier.rounds().stream().map(round -> new Loop("notices", round)).toList();
  }

  void tell(@Observes Tick tick) {
    loops.forEach(Loop::tick);
  }

  /** Only if it has begun. */
  void stop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent end) {
    notifier.close();
    loops.forEach(loop -> loop.end(PATIENCE));
  }
}
