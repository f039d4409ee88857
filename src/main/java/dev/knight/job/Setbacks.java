package dev.knight.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a job has met on its way, counted by class. A job that gets further than it was when it was
 * last set back has left its waits and crashes behind; its own failures stay until a person wants
 * it tried again.
 *
 * @param failures failures of its own that pass by themselves
 * @param bugs failures of knight itself
 * @param waits how often in a row it had to wait for the world or the operator
 * @param since when the first of those waits began
 * @param crashes how often in a row the service died while it ran
 * @param steps the steps entered since it was claimed; they come again in the same order
 * @param furthest how many they were when it was set back last
 */
public record Setbacks(
    int failures,
    int bugs,
    int waits,
    Optional<Instant> since,
    int crashes,
    int steps,
    int furthest) {

  /** Nothing yet. */
  public static final Setbacks NONE = new Setbacks(0, 0, 0, Optional.empty(), 0, 0, 0);

  /** So many failures of one class are no accident. */
  private static final int MOST_OF_A_CLASS = 3;

  /** Who was there when the service died twice may have killed it. */
  private static final int MOST_CRASHES = 2;

  /** What is away for longer needs somebody to look at it. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(24);

  /** These and {@code failure}. */
  public Setbacks after(Failure failure, Instant now) {
    return switch (failure) {
      case Failure.Own _ ->
          new Setbacks(failures + 1, bugs, 0, Optional.empty(), crashes, steps, reached());
      case Failure.Bug _ ->
          new Setbacks(failures, bugs + 1, 0, Optional.empty(), crashes, steps, reached());
      case Failure.Outage _, Failure.Operator _ ->
          new Setbacks(
              failures,
              bugs,
              waits + 1,
              since.or(() -> Optional.of(now)),
              crashes,
              steps,
              reached());
      case Failure.Requester _ -> this;
    };
  }

  /** How often {@code failure}'s class is counted: the number of the try that it ended. */
  public int times(Failure failure) {
    return switch (failure) {
      case Failure.Own _ -> failures;
      case Failure.Bug _ -> bugs;
      case Failure.Outage _, Failure.Operator _ -> waits;
      case Failure.Requester _ -> 1;
    };
  }

  /** Whether the job is not to be tried again after {@code failure}, which is counted already. */
  public boolean isEnough(Failure failure, Instant now) {
    return switch (failure) {
      case Failure.Own _, Failure.Bug _ -> times(failure) >= MOST_OF_A_CLASS;
      case Failure.Outage _, Failure.Operator _ ->
          since.filter(first -> !now.isBefore(first.plus(LONGEST_WAIT))).isPresent();
      case Failure.Requester _ -> true;
    };
  }

  /** Whether it waits for the world or the operator, which uses up no attempt. */
  public boolean isWaiting() {
    return waits > 0;
  }

  /** Whether the service died under it so often that a person has to want it again. */
  public boolean isPoison() {
    return crashes >= MOST_CRASHES;
  }

  /** Whether there is nothing to tell. */
  public boolean isNone() {
    return failures == 0 && bugs == 0 && waits == 0 && crashes == 0;
  }

  Setbacks claimed() {
    return new Setbacks(failures, bugs, waits, since, crashes, 0, furthest);
  }

  Setbacks entered() {
    return steps + 1 > furthest
        ? new Setbacks(failures, bugs, 0, Optional.empty(), 0, steps + 1, 0)
        : new Setbacks(failures, bugs, waits, since, crashes, steps + 1, furthest);
  }

  Setbacks crashed() {
    return new Setbacks(failures, bugs, waits, since, crashes + 1, steps, reached());
  }

  Setbacks handedBack() {
    return new Setbacks(failures, bugs, waits, since, 0, steps, furthest);
  }

  private int reached() {
    return Math.max(steps, furthest);
  }
}
