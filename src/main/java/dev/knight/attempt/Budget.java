package dev.knight.attempt;

import dev.knight.agent.Session;
import dev.knight.job.Spent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a job may still use, in time and money. Stops the agent when either is used up. */
final class Budget {
  private record Watched(Session session, Spent before) {}

  private final Limits limits;
  private final Spent earlier;
  private final InstantSource clock;
  private final Instant end;
  private final List<Watched> sessions = new ArrayList<>();

  /** {@code earlier} is what the job had cost before this attempt. */
  Budget(Limits limits, Spent earlier, InstantSource clock) {
    this.limits = limits;
    this.earlier = earlier;
    this.clock = clock;
    this.end = clock.instant().plus(limits.time());
  }

  /** Counts {@code session} from now on, and stops it when the money is gone. */
  void watch(Session session) {
    synchronized (this) {
      sessions.add(new Watched(session, session.spent()));
    }
    session.watch(_ -> {
      if (overdrawn().isPresent()) {
        session.abort();
      }
    });
  }

  /** What the job has cost, this attempt included. */
  synchronized Spent spent() {
    Spent total = earlier;
    for (Watched watched : sessions) {
      total = total.plus(watched.session().spent().minus(watched.before()));
    }
    return total;
  }

  /** How long the attempt may still go on; at least a second, so that what it ends in is told. */
  Duration time() {
    Duration left = Duration.between(clock.instant(), end);
    return left.compareTo(Duration.ofSeconds(1)) > 0 ? left : Duration.ofSeconds(1);
  }

  /** The sentence for the requester, if a limit is reached. */
  Optional<String> overdrawn() {
    if (spent().usd().compareTo(limits.usd()) > 0) {
      return Optional.of(
          "The budget of $%s for this job is spent.".formatted(limits.usd().toPlainString()));
    }
    if (!clock.instant().isBefore(end)) {
      return Optional.of(
          "The time for this job, %d minutes, is over.".formatted(limits.time().toMinutes()));
    }
    return Optional.empty();
  }
}
