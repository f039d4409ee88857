package dev.knight.attempt;

import dev.knight.git.Snapshot;
import dev.knight.job.Event;
import dev.knight.job.Hold;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.Order;
import dev.knight.job.StoredMention;
import dev.knight.policy.Objection;
import dev.knight.policy.Policy;
import dev.knight.publish.Publisher;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;

/**
 * Whether a change is to be made in parts. It is asked once, before there is a pull request:
 * whoever wanted it whole, or reviews it already, does not want to be asked again.
 */
final class Sizes {
  /** The kind of the event that says when it was asked. */
  static final String ASKED = "split";

  private final Policy policy;
  private final Publisher publisher;
  private final JobStore store;

  Sizes(Policy policy, Publisher publisher, JobStore store) {
    this.policy = policy;
    this.publisher = publisher;
    this.store = store;
  }

  /** What a person has to decide of {@code snapshot}; empty if it is small enough, or decided. */
  Optional<Objection> of(Workplace place, Snapshot snapshot, Job job) {
    return wasReleased(job, snapshot) || publisher.hasPublished(job) || wasWantedWhole(job)
        ? Optional.empty()
        : policy.size(snapshot, place.config().handover().size());
  }

  /** What differs from what was let through comes of what people said of that. */
  private static boolean wasReleased(Job job, Snapshot snapshot) {
    return job.hold()
        .filter(Hold::isReleased)
        .filter(hold -> !hold.tree().equals(snapshot.tree()))
        .isPresent();
  }

  /** Whether somebody said "go" since it was asked. GitHub's times are whole seconds. */
  private boolean wasWantedWhole(Job job) {
    Optional<Instant> asked =
        store.events(job.id(), 0).stream()
            .filter(event -> event.kind().equals(ASKED))
            .map(Event::at)
            .min(Comparator.naturalOrder())
            .map(at -> at.truncatedTo(ChronoUnit.SECONDS));
    return asked
        .filter(at ->
            store.mentions(job.id()).stream()
                .map(StoredMention::mention)
                .anyMatch(said -> said.order() == Order.GO && !said.at().isBefore(at)))
        .isPresent();
  }
}
