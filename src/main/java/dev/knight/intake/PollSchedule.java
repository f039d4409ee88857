package dev.knight.intake;

import dev.knight.job.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When to look at which repository. Where something goes on: at each interval; where nothing has
 * for a while: ever more seldom, down to once a minute; where it fails: likewise, down to once in
 * ten minutes. Knows no clock; one thread at a time.
 */
final class PollSchedule {
  /** The contract's word for idle repositories, unless the interval itself is longer. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  /** A conversation is still going on this long after its last word. */
  private static final Duration LINGER = Duration.ofMinutes(5);

  private static final Duration FAILING = Duration.ofMinutes(10);

  private final Duration interval;
  private final Map<RepositoryName, Turn> turns = new LinkedHashMap<>();
  private Instant pausedUntil = Instant.MIN;

  PollSchedule(Duration interval, List<RepositoryName> repositories) {
    this.interval = interval;
    repositories.forEach(name -> turns.put(name, new Turn(Instant.MIN, Instant.MIN, interval, 0)));
  }

  /**
   * A repository's place in the queue.
   *
   * @param due when to look next
   * @param busyUntil until when it counts as going on
   * @param gap the wait that led to {@code due}
   * @param failures how often it has failed since it last did not
   */
  private record Turn(Instant due, Instant busyUntil, Duration gap, int failures) {}

  /** The repositories to look at now, the longest overdue first. */
  List<RepositoryName> due(Instant now) {
    if (now.isBefore(pausedUntil)) {
      return List.of();
    }
    return turns.entrySet().stream()
        .filter(turn -> !now.isBefore(turn.getValue().due()))
        .sorted(Comparator.comparing(turn -> turn.getValue().due()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * It was looked at; {@code busy} says whether something goes on there.
   *
   * @return whether it had failed before
   */
  boolean looked(RepositoryName repository, boolean busy, Instant now) {
    Turn before = turns.get(repository);
    turns.computeIfPresent(repository, (_, turn) -> next(turn, busy, now));
    return before != null && before.failures() > 0;
  }

  private Turn next(Turn turn, boolean busy, Instant now) {
    Instant busyUntil = busy ? now.plus(LINGER) : turn.busyUntil();
    Duration idle = shorter(turn.gap().multipliedBy(2), longer(IDLE, interval));
    Duration wait = now.isBefore(busyUntil) ? interval : idle;
    return new Turn(now.plus(wait), busyUntil, wait, 0);
  }

  /**
   * It could not be looked at.
   *
   * @return whether this is the first time in a row
   */
  boolean failed(RepositoryName repository, Instant now) {
    Turn turn = turns.computeIfPresent(repository, (_, old) -> failing(old, now));
    return turn != null && turn.failures() == 1;
  }

  private Turn failing(Turn turn, Instant now) {
    Duration first = turn.failures() == 0 ? interval : turn.gap();
    Duration wait = shorter(first.multipliedBy(2), longer(FAILING, interval));
    return new Turn(now.plus(wait), turn.busyUntil(), wait, turn.failures() + 1);
  }

  /** Nobody is looked at before {@code end}. */
  void pause(Instant end) {
    pausedUntil = end.isAfter(pausedUntil) ? end : pausedUntil;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
