package dev.knight.worker;

import dev.knight.attempt.Outcome;
import dev.knight.attempt.Outcome.GaveUp;
import dev.knight.attempt.Outcome.NoChange;
import dev.knight.attempt.Outcome.Published;
import dev.knight.attempt.Outcome.Question;
import dev.knight.job.JobState;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.UnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Records how an attempt ended: what it came to, or who must act on what went wrong. */
final class Ending {
  private static final Logger LOG = Logger.getLogger(Ending.class);

  /** What passes by itself has passed by then, or somebody has to look at it. */
  private static final int MOST_ATTEMPTS = 5;

  /** A bug is rarely better the second time; a third attempt would only cost. */
  private static final int MOST_ATTEMPTS_AT_A_BUG = 2;

  private final InstantSource clock;
  private final Backoff backoff;

  Ending(InstantSource clock, Backoff backoff) {
    this.clock = clock;
    this.backoff = backoff;
  }

  void with(Claim claim, Outcome outcome) {
    switch (outcome) {
      case Published(var pullRequest, boolean draft, String reason) ->
          finish(claim, new JobState.Done(pullRequest, draft, reason));
      case NoChange(String reason) -> finish(claim, new JobState.NoChange(reason));
      case GaveUp(String reason) -> fail(claim, reason);
      case Question(String question) -> ask(claim, question);
    }
  }

  void with(Claim claim, RuntimeException failure) {
    switch (failure) {
      case RefusedException refused -> fail(claim, sentence(refused));
      case MisconfiguredException wrong -> {
        LOG.errorf("job=%s The operator has to act: %s", claim.job().id(), wrong.getMessage());
        fail(claim, "The operator of this knight has to mend something: " + sentence(wrong));
      }
      case UnavailableException passes ->
          again(claim, sentence(passes), passes.retryAt(), MOST_ATTEMPTS);
      default -> {
        LOG.errorf(
            failure, "job=%s attempt=%d A bug in knight", claim.job().id(), claim.job().attempt());
        again(
            claim,
            "knight itself failed; its log has the details.",
            Optional.empty(),
            MOST_ATTEMPTS_AT_A_BUG);
      }
    }
  }

  private void again(Claim claim, String reason, Optional<Instant> named, int most) {
    int attempt = claim.job().attempt();
    if (attempt >= most) {
      fail(claim, "%s I tried %d times.".formatted(reason, attempt));
      return;
    }
    Instant now = clock.instant();
    Instant due = named.filter(now::isBefore).orElse(now.plus(backoff.after(attempt)));
    claim.change(before -> before.retryAt(due, reason, now), claim.event("retry", reason));
    LOG.infof("job=%s attempt=%d Again at %s: %s", claim.job().id(), attempt, due, reason);
  }

  private void ask(Claim claim, String question) {
    claim.change(
        before -> before.ask(question, clock.instant()), claim.event("needs-you", question));
  }

  private void fail(Claim claim, String reason) {
    finish(claim, new JobState.Failed(reason, Optional.empty()));
  }

  private void finish(Claim claim, JobState.Finished end) {
    claim.change(
        before -> before.finish(end, clock.instant()),
        claim.event("finished", end.word() + ": " + end.reason()));
  }

  private static String sentence(RuntimeException failure) {
    return Optional.ofNullable(failure.getMessage()).orElse("It failed without a reason.");
  }
}
