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
 * ten minutes. Where somebody tells when there is something to see: every quarter of an hour, and
 * when told. Knows no clock; one thread at a time.
 */
final class PollSchedule {
  /** The contract's word for idle repositories, unless the interval itself is longer. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  /** How long it takes to notice what nobody tells of. */
  private static final Duration REST = Duration.ofMinutes(15);

  /** A conversation is still going on this long after its last word. */
  private static final Duration LINGER = Duration.ofMinutes(5);

  /** After this all of GitHub's lists have what one of them has shown, and it is read. */
  static final Duration SETTLE = StreamWalk.OVERLAP.plusMinutes(1);

  private static final Duration FAILING = Duration.ofMinutes(10);

  private final Duration interval;
  private final Map<RepositoryName, Turn> turns = new LinkedHashMap<>();
  private Instant pausedUntil = Instant.MIN;

  PollSchedule(Duration interval, List<RepositoryName> repositories) {
    this.interval = interval;
    repositories.forEach(
        name -> turns.put(name, new Turn(Instant.EPOCH, Instant.EPOCH, interval, 0)));
  }

  /** How a repository is watched. */
  enum Rhythm {
    /** By its own lists alone. */
    CLOSE,
    /** Somebody tells when there is something to see. */
    DISTANT
  }

  /**
   * A repository's place in the queue.
   *
   * @param due when to look next; at the epoch before the first look
   * @param busyUntil until when it counts as going on
   * @param gap the wait that led to {@code due}
   * @param failures how often it has failed since it last did not
   */
  private record Turn(Instant due, Instant busyUntil, Duration gap, int failures) {
    boolean isDue(Instant now) {
      return !now.isBefore(due);
    }

    /** How many of its own waits it is late. */
    double lateness(Instant now) {
      return Duration.between(due, now).toMillis() / (double) gap.toMillis();
    }
  }

  /** Whether nobody is looked at now. */
  boolean isPaused(Instant now) {
    return now.isBefore(pausedUntil);
  }

  /**
   * The repositories to look at now. Where that is more than can be done, each waits as much longer
   * as all others, for its own rhythm.
   */
  List<RepositoryName> due(Instant now) {
    if (isPaused(now)) {
      return List.of();
    }
    return turns.entrySet().stream()
        .filter(turn -> turn.getValue().isDue(now))
        .sorted(Comparator.comparingDouble(turn -> -turn.getValue().lateness(now)))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** When somebody is to be looked at next, or all are asked about at {@code asked}. */
  Instant next(Instant asked) {
    Instant first = turns.values().stream().map(Turn::due).reduce(asked, PollSchedule::earlier);
    return first.isAfter(pausedUntil) ? first : pausedUntil;
  }

  /**
   * It was looked at; {@code busy} says whether something goes on there.
   *
   * @return whether it had failed before
   */
  boolean looked(RepositoryName repository, boolean busy, Rhythm rhythm, Instant now) {
    Turn before = turns.get(repository);
    turns.computeIfPresent(repository, (_, turn) -> next(turn, busy, rhythm, now));
    return before != null && before.failures() > 0;
  }

  private Turn next(Turn turn, boolean busy, Rhythm rhythm, Instant now) {
    Duration linger =
        switch (rhythm) {
          case CLOSE -> LINGER;
          case DISTANT -> SETTLE;
        };
    Duration idle =
        switch (rhythm) {
          case CLOSE -> shorter(turn.gap().multipliedBy(2), longer(IDLE, interval));
          case DISTANT -> longer(REST, interval);
        };
    Instant busyUntil = busy ? now.plus(linger) : turn.busyUntil();
    Duration wait = now.isBefore(busyUntil) ? interval : idle;
    return new Turn(now.plus(wait), busyUntil, wait, 0);
  }

  /**
   * Something may be new there: it is looked at now, and at each interval until all lists surely
   * show it. One that fails is left alone.
   */
  void wake(RepositoryName repository, Instant now) {
    turns.computeIfPresent(
        repository, (_, turn) -> turn.failures() > 0 ? turn : awake(turn, now.plus(SETTLE), now));
  }

  private Turn awake(Turn turn, Instant busyUntil, Instant now) {
    boolean rests = turn.gap().compareTo(interval) > 0;
    return new Turn(
        rests ? earlier(turn.due(), now) : turn.due(),
        busyUntil.isAfter(turn.busyUntil()) ? busyUntil : turn.busyUntil(),
        interval,
        0);
  }

  /** Those that were never looked at. */
  List<RepositoryName> untouched() {
    return turns.entrySet().stream()
        .filter(turn -> turn.getValue().due().equals(Instant.EPOCH))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Somebody tells of {@code repositories}: they are looked at one after the other, in time. */
  void spread(List<RepositoryName> repositories, Instant now) {
    Duration step = REST.dividedBy(Math.max(1, repositories.size()));
    Instant due = now;
    for (RepositoryName repository : repositories) {
      due = due.plus(step);
      turns.put(repository, new Turn(due, Instant.EPOCH, REST, 0));
    }
  }

  /** Nobody tells any more when there is something to see. */
  void gather(Instant now) {
    Instant latest = now.plus(longer(IDLE, interval));
    turns.replaceAll((_, turn) ->
        turn.failures() == 0 && turn.due().isAfter(latest)
            ? new Turn(latest, turn.busyUntil(), IDLE, 0)
            : turn);
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

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
