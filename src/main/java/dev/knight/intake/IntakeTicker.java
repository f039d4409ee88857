package dev.knight.intake;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/** Gives {@link Intake} a turn each second; whether anything is due is its own to say. */
@Singleton
final class IntakeTicker {
  private final Instance<Intake> intake;

  IntakeTicker(Instance<Intake> intake) {
    this.intake = intake;
  }

  @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  void tick() {
    intake.stream().forEach(Intake::runOnce);
  }
}
