package dev.knight.intake;

import dev.knight.job.JobStore;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * How many requests people and repositories have had taken within the last hour. It counts what the
 * store has, so that a restart forgets nothing, and what one look at GitHub adds to it.
 */
final class Pace {
  /** What the limits are for. */
  static final Duration WINDOW = Duration.ofHours(1);

  private final JobStore store;
  private final TrustSettings settings;
  private final InstantSource clock;

  Pace(JobStore store, TrustSettings settings, InstantSource clock) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
  }

  /** Begins to count for one look, none of which is in the store yet. */
  Look look() {
    return new Look(clock.instant().minus(WINDOW));
  }

  /** What one look adds. One thread at a time. */
  final class Look {
    private final Instant since;
    private final Map<Long, Long> people = new HashMap<>();
    private final Map<RepositoryName, Long> repositories = new HashMap<>();

    private Look(Instant since) {
      this.since = since;
    }

    /** Whether one more request is within the limits; it counts then. */
    boolean admits(RepositoryName repository, Person person) {
      long asked =
          people.computeIfAbsent(person.id(), _ -> store.count(Verdict.ACCEPTED, person, since));
      long taken =
          repositories.computeIfAbsent(
              repository, _ -> store.count(Verdict.ACCEPTED, repository, since));
      if (asked >= settings.perPerson() || taken >= settings.perRepository()) {
        return false;
      }
      people.put(person.id(), asked + 1);
      repositories.put(repository, taken + 1);
      return true;
    }
  }
}
