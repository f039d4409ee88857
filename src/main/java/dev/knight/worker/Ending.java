package dev.knight.worker;

import dev.knight.attempt.Outcome;
import dev.knight.attempt.Outcome.Answered;
import dev.knight.attempt.Outcome.Held;
import dev.knight.attempt.Outcome.LimitReached;
import dev.knight.attempt.Outcome.NoChange;
import dev.knight.attempt.Outcome.Planned;
import dev.knight.attempt.Outcome.Published;
import dev.knight.attempt.Outcome.Question;
import dev.knight.job.Failure;
import dev.knight.job.Hold;
import dev.knight.job.Job;
import dev.knight.job.JobState;
import dev.knight.job.Setbacks;
import dev.knight.job.Side;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Records how an attempt ended: what it came to, or who must act on what went wrong. */
final class Ending {
  private static final Logger LOG = Logger.getLogger(Ending.class);

  /** So that another job tries first whether a side is back. */
  private static final Duration AFTER_OTHERS = Duration.ofSeconds(2);

  private static final Duration LONGEST_WAIT = Duration.ofHours(24);

  private final Function<Job, Optional<String>> keeping;
  private final InstantSource clock;
  private final Backoff backoff;
  private final Outages outages;

  /**
   * @param keeping commits what a job made to a branch, and names it if there was something
   */
  Ending(
      Function<Job, Optional<String>> keeping,
      InstantSource clock,
      Backoff backoff,
      Outages outages) {
    this.keeping = keeping;
    this.clock = clock;
    this.backoff = backoff;
    this.outages = outages;
  }

  void with(Claim claim, Outcome outcome) {
    switch (outcome) {
      case Published(var pullRequest, boolean draft, String reason) ->
          finish(claim, new JobState.Done(pullRequest, draft, reason));
      case Answered(String text) -> finish(claim, new JobState.Answered(text));
      case NoChange(String reason) -> finish(claim, new JobState.NoChange(reason));
      case LimitReached(String reason) -> fail(claim, reason, true);
      case Question(String question) -> ask(claim, question);
      case Held(Hold hold, String question) -> hold(claim, hold, question);
      case Planned(String plan) -> propose(claim, plan);
    }
  }

  void with(Claim claim, RuntimeException thrown) {
    Failure failure = Failure.of(thrown);
    log(claim, failure, thrown);
    Instant now = clock.instant();
    Setbacks counted = claim.job().setbacks().after(failure, now);
    Instant due = due(claim.job(), failure, counted, now);
    if (counted.isEnough(failure, now)) {
      fail(claim, failure.sentence() + tries(failure, counted), false);
    } else {
      again(claim, failure, due);
    }
  }

  private void again(Claim claim, Failure failure, Instant due) {
    Instant now = clock.instant();
    claim.change(
        before -> before.retryAt(due, failure, now), claim.event("retry", failure.sentence()));
    LOG.infof("job=%s Again at %s: %s", claim.job().id(), due, failure.sentence());
  }

  /** When it is tried again; a side that is away is remembered for all jobs. */
  private Instant due(Job job, Failure failure, Setbacks counted, Instant now) {
    Instant plain = now.plus(backoff.after(counted.times(failure)));
    return switch (failure) {
      case Failure.Own own -> named(own.retryAt(), now).orElse(plain);
      case Failure.Outage outage -> away(outage.side(), job, now, named(outage.retryAt(), now));
      case Failure.Operator operator ->
          operator.side().map(side -> away(side, job, now, Optional.empty())).orElse(plain);
      case Failure.Bug _, Failure.Requester _ -> plain;
    };
  }

  private Instant away(Side side, Job job, Instant now, Optional<Instant> named) {
    return outages.failed(side, job.id(), now, named).plus(AFTER_OTHERS);
  }

  /** A time that the other side named, if it is one to wait for. */
  private static Optional<Instant> named(Optional<Instant> retryAt, Instant now) {
    return retryAt
        .filter(now::isBefore)
        .map(at -> at.isAfter(now.plus(LONGEST_WAIT)) ? now.plus(LONGEST_WAIT) : at);
  }

  private static String tries(Failure failure, Setbacks counted) {
    return switch (failure) {
      case Failure.Own _, Failure.Bug _ -> " I tried %d times.".formatted(counted.times(failure));
      case Failure.Outage _, Failure.Operator _ -> " It has been so for a day.";
      case Failure.Requester _ -> "";
    };
  }

  private static void log(Claim claim, Failure failure, RuntimeException thrown) {
    switch (failure) {
      case Failure.Bug _ ->
          LOG.errorf(
              thrown, "job=%s attempt=%d A bug in knight", claim.job().id(), claim.job().attempt());
      case Failure.Operator _ ->
          LOG.errorf("job=%s The operator has to act: %s", claim.job().id(), thrown.getMessage());
      case Failure.Own _, Failure.Outage _, Failure.Requester _ ->
          LOG.debugf(thrown, "job=%s Failed", claim.job().id());
    }
  }

  private void ask(Claim claim, String question) {
    claim.change(
        before -> before.ask(question, clock.instant()), claim.event("needs-you", question));
  }

  private void hold(Claim claim, Hold hold, String question) {
    claim.change(
        before -> before.hold(hold, question, clock.instant()), claim.event("held", question));
  }

  private void propose(Claim claim, String plan) {
    claim.change(
        before -> before.propose(plan, clock.instant()), claim.event("planned", "Shows its plan"));
  }

  private void fail(Claim claim, String reason, boolean limited) {
    finish(claim, new JobState.Failed(reason, keeping.apply(claim.job()), limited));
  }

  private void finish(Claim claim, JobState.Finished end) {
    claim.change(
        before -> before.finish(end, clock.instant()),
        claim.event("finished", end.word() + ": " + end.reason()));
  }
}
