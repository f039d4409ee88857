package dev.knight;

import dev.knight.intake.Confirmations;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;

/** Ticks the look for what people confirm. It knows by itself when something is due. */
@Singleton
final class ConfirmationTimer {
  private final Confirmations confirmations;

  ConfirmationTimer(Confirmations confirmations) {
    this.confirmations = confirmations;
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    confirmations.runOnce();
  }
}
