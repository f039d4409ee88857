package dev.knight.chaos;

import dev.knight.chaos.Script.Question;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Holds a hand of strikes until the moment of one of them comes, and then lets that one fall.
 * Whoever sees the moment is the one that strikes, so that nothing happens between the two.
 */
final class Trigger {
  private final Executioner executioner;
  private List<Strike> hand = List.of();
  private Optional<Blow> blow = Optional.empty();
  private boolean isArmed;
  private boolean isFalling;

  Trigger(Executioner executioner) {
    this.executioner = executioner;
  }

  /** Lets a strike fall. */
  @FunctionalInterface
  interface Executioner {
    /**
     * Kills.
     *
     * @param task the mention whose job is meant; 0 for any
     * @return what was done; empty if there was nothing to kill
     */
    Optional<Blow> strike(Strike strike, int task);
  }

  /** Lets one of {@code strikes} fall, once its moment has come. */
  synchronized void arm(List<Strike> strikes) {
    hand = List.copyOf(strikes);
    blow = Optional.empty();
    isArmed = true;
  }

  /**
   * Waits until one has fallen, and lets no other one fall.
   *
   * @return empty if no moment came
   */
  synchronized Optional<Blow> await(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (blow.isEmpty() && (isFalling || System.nanoTime() < end)) {
      wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }
    isArmed = false;
    return blow;
  }

  /** The moment of {@code strike} has come; it falls if it is still held. */
  void pull(Strike strike, int task) {
    if (!take(strike)) {
      return;
    }
    Optional<Blow> fallen = Optional.empty();
    try {
      fallen = executioner.strike(strike, task);
    } finally {
      fell(fallen);
    }
  }

  private synchronized boolean take(Strike strike) {
    if (!isArmed || isFalling || blow.isPresent() || !hand.contains(strike)) {
      return false;
    }
    isFalling = true;
    return true;
  }

  /** Where there was nothing to kill, the whole hand waits on. */
  private synchronized void fell(Optional<Blow> fallen) {
    isFalling = false;
    blow = fallen;
    notifyAll();
  }

  /** The model is asked. */
  void asked(Question question) {
    held(strike ->
            strike.moment() instanceof Moment.Turn moment
                && moment.reviewing() == question.isReview()
                && moment.turn() == question.turn())
        .ifPresent(strike -> pullLater(strike, question.task()));
  }

  /** The job of the mention {@code task} has entered {@code step}. */
  void entered(int task, String step) {
    held(strike -> strike.moment() instanceof Moment.Entered moment && moment.step().equals(step))
        .ifPresent(strike -> pullLater(strike, task));
  }

  private synchronized Optional<Strike> held(Predicate<Strike> what) {
    return isArmed ? hand.stream().filter(what).findFirst() : Optional.empty();
  }

  private void pullLater(Strike strike, int task) {
    Duration delay =
        switch (strike.moment()) {
          case Moment.Turn moment -> moment.delay();
          case Moment.Entered moment -> moment.delay();
          case Moment.Starting moment -> moment.delay();
          case Moment.Request _ -> Duration.ZERO;
          case Moment.Chance moment -> moment.delay();
        };
    if (delay.isZero() && strike.victim() == Victim.SERVICE) {
      pull(strike, task);
      return;
    }
    Thread.ofVirtual()
        .name("strike")
        .start(() -> {
          try {
            Thread.sleep(delay);
            pull(strike, task);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
