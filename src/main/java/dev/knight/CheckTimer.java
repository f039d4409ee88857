package dev.knight;

import dev.knight.ci.Watch;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Ticks the watch over the checks of pull requests, which knows itself what is due. */
@Singleton
final class CheckTimer {
  private final Loop loop;

  CheckTimer(Watch watch) {
    this.loop = new Loop("checks", watch::runOnce);
  }

  void look(@Observes Tick tick) {
    loop.tick();
  }
}
