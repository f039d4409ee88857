package dev.knight.publish;

import dev.knight.github.GitHub;
import dev.knight.github.PullRequest;
import dev.knight.job.Effect;
import dev.knight.job.Effect.Kind;
import dev.knight.job.Effect.State;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.publish.Contribution.Audience;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Labels a pull request and asks people to review it, once in its life: what people change of that
 * afterwards stays. What GitHub will not do is told in the job's story and keeps nothing back.
 */
final class Introduction {
  private final GitHub github;
  private final JobStore store;
  private final EffectLog log;
  private final InstantSource clock;

  Introduction(GitHub github, JobStore store, EffectLog log, InstantSource clock) {
    this.github = github;
    this.store = store;
    this.log = log;
    this.clock = clock;
  }

  /** A draft is not ready to be looked at, so nobody is asked to. */
  void of(Job job, PullRequest pull, Audience audience) {
    if (!audience.labels().isEmpty()) {
      once(job, Kind.LABELS, pull, () -> label(job, pull, audience.labels()));
    }
    if (!audience.reviewers().isEmpty() && !pull.draft()) {
      once(job, Kind.REVIEWERS, pull, () -> ask(job, pull, audience.reviewers()));
    }
  }

  /** Both do no harm if they are made again, so nothing has to be looked for after a crash. */
  private void once(Job job, Kind kind, PullRequest pull, Supplier<Boolean> make) {
    Effect effect = log.planned(job.id(), kind, Long.toString(pull.subject().number()));
    if (effect.state() == State.INTENT) {
      log.mustBeCurrent(job);
      log.settle(effect, make.get() ? State.DONE : State.GIVEN_UP);
    }
  }

  /** GitHub would make a label that the repository does not have; that is for its people to do. */
  private boolean label(Job job, PullRequest pull, List<String> labels) {
    try {
      List<String> known = new ArrayList<>();
      for (String label : labels) {
        if (github.hasLabel(pull.subject().repository(), label)) {
          known.add(label);
        } else {
          tell(job, "The repository has no label `%s`".formatted(label));
        }
      }
      if (!known.isEmpty()) {
        github.label(pull.subject(), known);
      }
      return !known.isEmpty();
    } catch (RefusedException | MisconfiguredException refused) {
      tell(job, "No label could be given: " + refused.getMessage());
      return false;
    }
  }

  /** Each by itself: GitHub refuses all for one whom it does not know. */
  private boolean ask(Job job, PullRequest pull, List<String> reviewers) {
    boolean asked = false;
    for (String reviewer : reviewers) {
      try {
        if (!reviewer.equalsIgnoreCase(github.me().login())) {
          github.askReview(pull.subject(), reviewer);
          asked = true;
        }
      } catch (RefusedException | MisconfiguredException refused) {
        tell(
            job, "`%s` could not be asked to review: %s".formatted(reviewer, refused.getMessage()));
      }
    }
    return asked;
  }

  private void tell(Job job, String text) {
    store.tell(List.of(Event.of(job.id(), clock.instant(), "effect", text)));
  }
}
