package dev.knight;

import dev.knight.job.Effect.Kind;
import dev.knight.job.JobQuery;
import dev.knight.job.JobStore;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * When the loops have nothing to look for: no job waits or is worked on, nothing is to be told or
 * kept, and nothing was written since that was seen. That is most of the time, and is to cost
 * nothing.
 */
@Singleton
final class Lull {
  private static final JobQuery UNDER_WAY =
      JobQuery.newest(1).in(List.of("queued", "running", "retrying"));

  private final JobStore store;
  private long seen = -1;
  private boolean on;

  Lull(JobStore store) {
    this.store = store;
  }

  /** Whether there may be something to do. The store is asked only after it was written to. */
  synchronized boolean isOver() {
    long writes = store.writes(); // first: what is written while it is asked counts next time
    if (writes != seen) {
      on = isNothingLeft();
      seen = writes;
    }
    return !on;
  }

  private boolean isNothingLeft() {
    return store.jobs(UNDER_WAY).isEmpty()
        && store.unkept().isEmpty()
        && store.untold().isEmpty()
        && store.unsettled(Kind.REACTION).isEmpty()
        && store.unmade().isEmpty()
        && store.toCheck().isEmpty();
  }
}
