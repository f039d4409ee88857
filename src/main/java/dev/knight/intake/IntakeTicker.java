package dev.knight.intake;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;

/** Gives {@link Intake} a turn each second; whether anything is due is its own to say. */
@Singleton
final class IntakeTicker {
  private final Intake intake;

  IntakeTicker(Intake intake) {
    this.intake = intake;
  }

  @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  void tick() {
    intake.runOnce();
  }
}
