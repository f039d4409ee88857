package dev.knight.publish;

import dev.knight.job.Effect;
import dev.knight.job.Effect.Kind;
import dev.knight.job.Effect.State;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobStore;
import dev.knight.job.LeaseLostException;
import dev.knight.job.RefusedException;
import dev.knight.job.UnavailableException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How something is made at most once where doing it twice would show: on record before the call and
 * after it. While nobody knows whether a call got through, it is not made again; once GitHub's
 * lists have caught up, what it may have made is looked for.
 *
 * <pre>
 *  INTENT --begin--> UNKNOWN --answer--> DONE | GIVEN_UP
 *                     ^    \--lost, and the lag is over: found--> DONE
 *                     +------ not found: begin again
 * </pre>
 */
final class EffectLog {
  /** GitHub that shows nothing after so many looks will not show anything. */
  private static final int MOST_LOOKS = 10;

  private final JobStore store;
  private final InstantSource clock;
  private final Duration readLag;
  private final ReadLag lag;

  EffectLog(JobStore store, InstantSource clock, PublishSettings settings) {
    this.store = store;
    this.clock = clock;
    this.readLag = settings.readLag();
    this.lag = new ReadLag(clock, settings);
  }

  /** The effect as it stands, planned if it is not yet. */
  Effect planned(JobId job, Kind kind, String key) {
    return store.plan(job, kind, key, clock.instant());
  }

  /**
   * Lets nothing more be made for a job that was called off while something was waited for.
   *
   * @throws LeaseLostException if the job is not any more what its worker was given
   */
  void mustBeCurrent(Job job) {
    boolean current =
        store
            .find(job.id())
            .filter(now -> now.token() == job.token() && now.state() instanceof Running)
            .isPresent();
    if (!current) {
      throw new LeaseLostException(job.id());
    }
  }

  /**
   * Puts on record that a call is about to be made.
   *
   * @return the effect as it is until {@link #made} or {@link #call} say more
   * @throws UnavailableException if another service of the store has gone on with it meanwhile
   */
  Effect begin(Effect effect) {
    Effect begun = effect.begun(clock.instant());
    if (!store.advance(effect, begun)) {
      throw new UnavailableException(
          "Another knight has just gone on with this", Optional.of(clock.instant().plus(readLag)));
    }
    return begun;
  }

  /** Makes {@code call}, which has begun and stays so if it ends without an answer. */
  <T> T call(Effect begun, Supplier<T> call) {
    try {
      return call.get();
    } catch (RefusedException notMade) {
      settle(begun, State.GIVEN_UP);
      throw notMade;
    } catch (RuntimeException open) {
      // It may have waited long before it left, and may arrive later than its sender gave up.
      replace(begun, begun.begun(clock.instant()));
      throw open;
    }
  }

  /** Where another service has written it meanwhile, one of two will have to go. */
  private void replace(Effect begun, Effect after) {
    boolean written = store.advance(begun, after);
    while (!written) {
      Effect others = planned(begun.job(), begun.kind(), begun.key());
      written = store.advance(others, others.checked(Optional.of(nextLook())));
    }
  }

  /** How long GitHub's lists may still lack what the last call made; zero if they have it. */
  Duration untilKnown(Effect effect) {
    return lag.after(
        effect.begunAt().orElse(effect.plannedAt()), now -> store.settle(effect.begun(now)));
  }

  /**
   * The call was answered. If an earlier one was not, both may have got through.
   *
   * @param before the effect as it was before the call had {@code begun}
   */
  void made(Effect before, Effect begun, long number, URI link) {
    boolean doubted = before.state() == State.UNKNOWN;
    Optional<Instant> look = doubted ? Optional.of(nextLook()) : begun.checkAt();
    replace(begun, done(number, link, begun.checked(look)));
  }

  /** It was found rather than made, and may yet turn out to show twice. */
  Effect adopted(Effect effect, long number, URI link) {
    return done(effect.checked(Optional.of(nextLook())), number, link);
  }

  /** It is there, and GitHub itself keeps it from showing twice. */
  Effect done(Effect effect, long number, URI link) {
    Effect done = done(number, link, effect);
    store.settle(done);
    return done;
  }

  private static Effect done(long number, URI link, Effect effect) {
    return effect.as(State.DONE, Optional.of(Long.toString(number)), Optional.of(link));
  }

  /** What came of it; what it was called stays. */
  void settle(Effect effect, State state) {
    store.settle(effect.as(state, effect.externalId(), effect.link()));
  }

  /** It is looked at again once the lists show all that was written until now. */
  void checkLater(Effect effect) {
    store.settle(effect.checked(Optional.of(nextLook())));
  }

  /** It shows once. */
  void checked(Effect effect) {
    store.settle(effect.checked(Optional.empty()));
  }

  /**
   * Whether lists that do not show what is there may be further behind than they usually are. It
   * was written at {@code changedAt}, or when its call was lost.
   */
  boolean mayBeBehind(Effect effect, Instant changedAt) {
    Instant oldest = clock.instant().minus(readLag.multipliedBy(MOST_LOOKS));
    return Stream.of(changedAt, effect.begunAt().orElse(effect.plannedAt()))
        .anyMatch(written -> written.isAfter(oldest) && !written.isAfter(clock.instant()));
  }

  /** Whether it is time to look at it again. */
  boolean isToCheck(Effect effect) {
    Instant now = clock.instant();
    // One that is further away than it can be was named by a clock that was set back since.
    return effect.checkAt().filter(at -> !at.isAfter(now) || at.isAfter(nextLook())).isPresent();
  }

  private Instant nextLook() {
    return clock.instant().plus(readLag);
  }
}
