package dev.knight;

import dev.knight.intake.Confirmations;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Ticks the look for what people confirm. It knows by itself when something is due. */
@Singleton
final class ConfirmationTimer {
  private final Loop loop;

  ConfirmationTimer(Confirmations confirmations) {
    this.loop = new Loop("confirmations", confirmations::runOnce);
  }

  void look(@Observes Tick tick) {
    loop.tick();
  }
}
