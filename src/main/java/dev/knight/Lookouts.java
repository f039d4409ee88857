package dev.knight;

import dev.knight.ci.Watch;
import dev.knight.intake.Confirmations;
import dev.knight.intake.Intake;
import dev.knight.notify.Notifier;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the service does beside its jobs. Each knows itself what is due, and none waits for another:
 * people are told on each way by itself.
 */
@Singleton
final class Lookouts {
  /** A way to tell people takes less. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Notifier notifier;
  private final List<Loop> notices;
  private final List<Loop> others;

  @Inject
  Lookouts(Intake intake, Confirmations confirmations, Watch watch, Notifier notifier) {
    this(
        notifier,
        List.of(
            new Loop("polls", intake::isDue, intake::runOnce),
            new Loop("confirmations", confirmations::isDue, confirmations::runOnce),
            new Loop("checks", watch::isDue, watch::runOnce)));
  }

  /** Those of {@code notifier}, and {@code others}. */
  Lookouts(Notifier notifier, List<Loop> others) {
    this.notifier = notifier;
    this.notices =
        notifier.rounds().stream()
            .map(round -> new Loop("notices", round::isDue, round::runOnce))
            .toList();
    this.others = List.copyOf(others);
  }

  /** A loop for each. */
  List<Loop> loops() {
    return Stream.concat(others.stream(), notices.stream()).toList();
  }

  /** Only if it has begun. */
  void stop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent end) {
    notifier.close();
    notices.forEach(loop -> loop.end(PATIENCE));
  }
}
