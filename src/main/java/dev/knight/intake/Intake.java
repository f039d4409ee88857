package dev.knight.intake;

import dev.knight.github.GitHub;
import dev.knight.github.Quota;
import dev.knight.intake.PollSchedule.Rhythm;
import dev.knight.intake.RepositoryPoll.Look;
import dev.knight.job.JobStore;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import dev.knight.job.StreamKind;
import dev.knight.job.UnavailableException;
import dev.knight.publish.AccountText;
import dev.knight.publish.OutgoingText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Watches the configured repositories. It only inserts into the store; whoever works on what it
 * found meets it there.
 */
public final class Intake {
  private static final Logger LOG = Logger.getLogger(Intake.class);

  /** GitHub's advice for a token that was turned down, and for a quota that runs low. */
  private static final Duration BAD_TOKEN = Duration.ofMinutes(5);

  private static final Duration SCARCE = Duration.ofMinutes(1);

  private final GitHub github;
  private final JobStore store;
  private final PollingSettings settings;
  private final InstantSource clock;
  private final PollSchedule schedule;
  private final Throttle throttle = new Throttle();
  private final Optional<ChangeDetector> detector;
  private final RepositoryPoll poll;
  private final Controls controls;
  private final ReentrantLock turn = new ReentrantLock();
  private final Set<RepositoryName> served = new HashSet<>();
  private final Map<RepositoryName, Instant> looks = new ConcurrentHashMap<>();
  private final Map<RepositoryName, String> troubles = new ConcurrentHashMap<>();
  private volatile Instant round;

  /** When there is something to look at next. */
  private volatile Instant next = Instant.EPOCH;

  private boolean tokenTold;

  /**
   * Watches what {@code polling} names, for those whom {@code trust} admits. What it answers them
   * goes through {@code outgoing}.
   */
  public Intake(
      GitHub github,
      JobStore store,
      PollingSettings polling,
      TrustSettings trust,
      OutgoingText outgoing,
      InstantSource clock) {
    this(github, store, polling, trust, outgoing, clock, Throttle.LOOKS_A_MINUTE);
  }

  /** The same, and above {@code many} repositories one request asks for all where to look. */
  Intake(
      GitHub github,
      JobStore store,
      PollingSettings polling,
      TrustSettings trust,
      OutgoingText outgoing,
      InstantSource clock,
      int many) {
    this.github = github;
    this.store = store;
    this.settings = polling;
    this.clock = clock;
    this.round = clock.instant();
    List<RepositoryName> watched = polling.repositories();
    this.schedule = new PollSchedule(polling.interval(), watched);
    this.detector =
        watched.size() > many
            ? Optional.of(new ChangeDetector(github, store, polling.interval(), watched, clock))
            : Optional.empty();
    Trust admission = new Trust(github, trust, clock);
    Judge judge =
        new Judge(github, store, polling, admission, new Pace(store, trust, clock), clock);
    Asides asides = new Asides(github, store, polling, outgoing, clock);
    LimitNotice notice = new LimitNotice(store, trust, clock);
    this.controls =
        new Controls(github, store, admission, new AccountText(store, outgoing, clock), clock);
    this.poll = new RepositoryPoll(github, store, judge, asides, notice, clock);
  }

  /**
   * Looks at each repository that is due. What goes wrong is told once and tried again later. While
   * another thread is at it, this one has nothing to do.
   */
  public void runOnce() {
    if (!settings.enabled() || !turn.tryLock()) {
      return;
    }
    try {
      lookAround();
      next = schedule.next(detector.map(ChangeDetector::due).orElse(Instant.MAX));
      round = clock.instant();
    } finally {
      turn.unlock();
    }
  }

  /** Whether {@link #runOnce} would look at something. Waits for nobody, and costs nothing. */
  public boolean isDue() {
    return settings.enabled() && !clock.instant().isBefore(next);
  }

  /** When each repository was last looked at whole, in this life of the service. */
  public Map<RepositoryName, Instant> looks() {
    return Map.copyOf(looks);
  }

  /** Why repositories cannot be looked at now: a sentence for each, in this life of the service. */
  public Map<RepositoryName, String> troubles() {
    return Map.copyOf(troubles);
  }

  /** Until when nothing that was due was left undone; empty where nothing is polled. */
  public Optional<Instant> upToDate() {
    Instant now = clock.instant();
    Instant since = next.isAfter(round) ? next : round;
    return settings.enabled() ? Optional.of(since.isAfter(now) ? now : since) : Optional.empty();
  }

  private void lookAround() {
    Instant now = clock.instant();
    if (schedule.isPaused(now)) {
      return;
    }
    boolean asks = detector.filter(ChangeDetector::isDue).isPresent();
    List<RepositoryName> due = schedule.due(now);
    if (!asks && due.isEmpty()) {
      return;
    }
    LiveJobs live = controls.live();
    if (asks) {
      detect(detector.orElseThrow(), live, now);
      due = schedule.due(now);
    }
    for (RepositoryName repository : throttle.admit(due, now)) {
      if (!look(repository, live)) {
        return;
      }
    }
    github.quota().filter(this::isScarce).ifPresent(_ -> schedule.pause(soon(SCARCE)));
  }

  /** Has the repositories looked at in which something may be new, as {@code asked} says. */
  private void detect(ChangeDetector asked, LiveJobs live, Instant now) {
    boolean seeing = asked.isSeeing();
    try {
      Set<RepositoryName> changed = asked.ask();
      if (asked.isSeeing()) {
        if (!seeing) {
          List<RepositoryName> known = watchedBefore(live);
          served.addAll(known);
          schedule.spread(known, now);
        }
        changed.forEach(repository -> schedule.wake(repository, now));
        live.repositories().stream()
            .filter(live::isWorkedOn)
            .forEach(repository -> schedule.wake(repository, now));
      } else if (seeing) {
        schedule.gather(now);
      }
    } catch (UnavailableException pause) {
      pauses(pause.retryAt().orElseThrow(), pause);
    }
  }

  /** Those whose streams are known from before, and where nobody waits for anything. */
  private List<RepositoryName> watchedBefore(LiveJobs live) {
    Set<RepositoryName> waiting = live.repositories();
    return schedule.untouched().stream()
        .filter(repository -> !waiting.contains(repository))
        .filter(repository ->
            Stream.of(StreamKind.values())
                .allMatch(kind -> store.anchor(repository, kind).isPresent()))
        .toList();
  }

  /** Looks at one, and says whether to go on with the next. */
  private boolean look(RepositoryName repository, LiveJobs live) {
    try {
      switch (served(repository)) {
        case Look.Seen seen -> {
          controls.look(repository, live);
          seen(repository, seen, live);
        }
        case Look.Unserved(String reason) -> failed(repository, Logger.Level.WARN, reason);
      }
      return true;
    } catch (UnavailableException passing) {
      return passes(repository, passing);
    } catch (MisconfiguredException misconfigured) {
      return !isTokenAtFault(misconfigured)
          && failed(repository, Logger.Level.ERROR, String.valueOf(misconfigured.getMessage()));
    } catch (RefusedException refused) {
      return failed(repository, Logger.Level.WARN, String.valueOf(refused.getMessage()));
    } catch (RuntimeException bug) {
      LOG.errorf(bug, "repository=%s A poll failed by a mistake of knight's", repository);
      troubles.put(repository, "a mistake of knight's own; its log says which");
      schedule.failed(repository, clock.instant());
      return true;
    }
  }

  private Look served(RepositoryName repository) {
    if (!served.contains(repository)) {
      Optional<String> obstacle = poll.obstacle(repository);
      if (obstacle.isPresent()) {
        return new Look.Unserved(obstacle.get());
      }
      served.add(repository);
    }
    return poll.look(repository);
  }

  private void seen(RepositoryName repository, Look.Seen seen, LiveJobs live) {
    tokenTold = false;
    looks.put(repository, clock.instant());
    troubles.remove(repository);
    detector.ifPresent(it -> it.looked(repository, seen.changed()));
    boolean busy = seen.busy() || live.isWorkedOn(repository);
    if (schedule.looked(repository, busy, rhythm(repository, live), clock.instant())) {
      LOG.infof("repository=%s Watched again", repository);
    }
  }

  /** No list shows a reaction, so where one is waited for it is looked for. */
  private Rhythm rhythm(RepositoryName repository, LiveJobs live) {
    boolean told = detector.filter(it -> it.sees(repository)).isPresent();
    return told && live.of(repository).isEmpty() ? Rhythm.DISTANT : Rhythm.CLOSE;
  }

  private boolean failed(RepositoryName repository, Logger.Level level, String reason) {
    served.remove(repository);
    troubles.put(repository, reason);
    if (schedule.failed(repository, clock.instant())) {
      LOG.logf(level, "repository=%s Cannot be watched for now: %s", repository, reason);
    }
    return true;
  }

  /** A pause that GitHub asked for holds for all; anything else, for this repository. */
  private boolean passes(RepositoryName repository, UnavailableException passing) {
    if (passing.retryAt().isPresent()) {
      pauses(passing.retryAt().get(), passing);
      return false;
    }
    troubles.put(repository, String.valueOf(passing.getMessage()));
    if (schedule.failed(repository, clock.instant())) {
      LOG.warnf("repository=%s Not polled for now: %s", repository, passing.getMessage());
    }
    return false;
  }

  private void pauses(Instant end, UnavailableException passing) {
    schedule.pause(end);
    LOG.infof("Polling pauses: %s", passing.getMessage());
  }

  /** Asks who knight is: a token that is not even good for that is good for no repository. */
  private boolean isTokenAtFault(MisconfiguredException misconfigured) {
    try {
      github.me();
      return false;
    } catch (MisconfiguredException again) {
      schedule.pause(soon(BAD_TOKEN));
      if (!tokenTold) {
        LOG.errorf("Polling pauses: %s", misconfigured.getMessage());
      }
      tokenTold = true;
      return true;
    } catch (UnavailableException unknown) {
      return false;
    }
  }

  private boolean isScarce(Quota quota) {
    return quota.isScarce() && clock.instant().isBefore(quota.resetAt());
  }

  private Instant soon(Duration wait) {
    return clock.instant().plus(wait);
  }
}
