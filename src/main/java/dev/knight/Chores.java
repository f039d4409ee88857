package dev.knight;

import dev.knight.job.Backups;
import dev.knight.metrics.SpendBook;
import dev.knight.upkeep.Upkeep;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** What the service does seldom: its time is told by the clock, and by nothing that happens. */
@Singleton
final class Chores {
  private static final Duration MOMENT = Duration.ofSeconds(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Upkeep upkeep;
  private final List<Loop> loops;

  @Inject
  Chores(Upkeep upkeep, Backups backups, SpendBook spend, Watchdog watchdog, InstantSource clock) {
    this(
        upkeep,
        List.of(
            // Jobs are found again first.
            loop("upkeep", new Chore(FIVE_MINUTES, HOUR, upkeep::runOnce, clock)),
            loop("backups", new Chore(MINUTE, QUARTER, backups::daily, clock)),
            loop("spending", new Chore(MOMENT, MOMENT, spend::hasNews, spend::write, clock)),
            loop(
                "watchdog",
                new Chore(MINUTE, MINUTE, watchdog::isWanted, watchdog::alive, clock))));
  }

  /** These, and {@code upkeep} ends with them. */
  Chores(Upkeep upkeep, List<Loop> loops) {
    this.upkeep = upkeep;
    this.loops = loops;
  }

  /**
   * On threads of the system's own. Those that the jobs share are as few as the cores: what takes
   * minutes here is not to hold them up, nor are they to keep systemd from being told.
   */
  private static Loop loop(String name, Chore chore) {
    return new Loop(
        name,
        chore::isDue,
        chore::runOnce,
        Thread.ofPlatform().daemon().name(name).inheritInheritableThreadLocals(false)::start);
  }

  /** A loop for each. */
  List<Loop> loops() {
    return loops;
  }

  /** Only if it has begun. */
  void stop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent end) {
    upkeep.close();
  }
}
