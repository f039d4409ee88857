package dev.knight.ci;

import dev.knight.github.Checks;
import dev.knight.job.Effect;
import dev.knight.job.Effect.State;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Runs failed jobs of Actions once more: on record before the call and after it. GitHub numbers the
 * attempts of a run, so one attempt is followed by one try: a call whose answer was lost is made
 * again only if the run still stands at the attempt that failed once GitHub's lists have caught up.
 */
final class Reruns {
  /** How far GitHub's lists may be behind. */
  private static final Duration LAG = Duration.ofSeconds(15);

  /** A run that GitHub let begin again shows it within this time. */
  private static final Duration SHOWN = Duration.ofMinutes(5);

  private final Checks checks;
  private final JobStore store;
  private final InstantSource clock;

  Reruns(Checks checks, JobStore store, InstantSource clock) {
    this.checks = checks;
    this.store = store;
    this.clock = clock;
  }

  /** What came of the wish to run something again. */
  enum Result {
    /** It runs, or will show so shortly. */
    RUNS,
    /** GitHub does not run it again. */
    REFUSED,
    /** It was run again often enough. */
    ENOUGH
  }

  /** Runs {@code flaky} again, unless knight has done so three times for this head already. */
  Result again(Job job, Head head, Cause.Flaky flaky) {
    String of = head.commit() + " ";
    String key = of + flaky.workflow() + " " + flaky.attempt();
    long made =
        store.effects(job.id()).stream()
            .filter(effect -> effect.kind() == Effect.Kind.RERUN)
            .filter(effect -> effect.key().startsWith(of) && !effect.key().equals(key))
            .count();
    if (made >= Diagnosis.MOST_TRIES) {
      return Result.ENOUGH;
    }
    Effect effect = store.plan(job.id(), Effect.Kind.RERUN, key, clock.instant());
    return switch (effect.state()) {
      case INTENT -> call(effect, head, flaky);
      case UNKNOWN -> isRecent(effect, LAG) ? Result.RUNS : call(effect, head, flaky);
      case DONE -> isRecent(effect, SHOWN) ? Result.RUNS : Result.REFUSED;
      case GIVEN_UP -> Result.REFUSED;
    };
  }

  private boolean isRecent(Effect effect, Duration time) {
    Instant now = clock.instant();
    Instant begun = effect.begunAt().orElse(effect.plannedAt());
    return !begun.isAfter(now) && now.isBefore(begun.plus(time));
  }

  private Result call(Effect effect, Head head, Cause.Flaky flaky) {
    Effect begun = effect.begun(clock.instant());
    if (!store.advance(effect, begun)) {
      return Result.RUNS; // another service has just gone on with it
    }
    boolean runs = checks.rerun(head.repository(), flaky.workflow());
    store.settle(begun.as(runs ? State.DONE : State.GIVEN_UP, Optional.empty(), Optional.empty()));
    return runs ? Result.RUNS : Result.REFUSED;
  }
}
