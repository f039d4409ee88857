package dev.knight.notify;

import dev.knight.hygiene.PlainText;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobStore;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.StoredMention;
import dev.knight.job.UnavailableException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Carries one notice after another on one way, and keeps how far it has come. */
final class Courier {
  private static final Logger LOG = Logger.getLogger(Courier.class);

  /** What is older is not news. */
  static final Duration NEWS = Duration.ofDays(1);

  private static final int AT_ONCE = 200;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final JobStore store;
  private final Way way;
  private final Set<Occasion> on;
  private final Redactor redactor;
  private final InstantSource clock;
  private OptionalLong position = OptionalLong.empty();
  private volatile Instant due = Instant.MIN;

  /** The store's count of writes when everything had been read. */
  private volatile long read = -1;

  private int failures;

  Courier(JobStore store, Way way, Set<Occasion> on, Redactor redactor, InstantSource clock) {
    this.store = store;
    this.way = way;
    this.on = Set.copyOf(on);
    this.redactor = redactor;
    this.clock = clock;
  }

  /**
   * Carries what there is to tell, until there is no more, the way is blocked, or {@code closed}.
   */
  void runOnce(BooleanSupplier closed) {
    if (!isDue()) {
      return;
    }
    long writes = store.writes(); // first: what is written meanwhile counts next time
    long at = position.orElseGet(this::begin);
    boolean goesOn = true;
    while (goesOn) {
      List<Event> events = store.events(at, AT_ONCE);
      goesOn = !events.isEmpty();
      for (Event event : events) {
        if (closed.getAsBoolean() || !pass(event)) {
          return;
        }
        at = event.sequence();
        position = OptionalLong.of(at);
      }
    }
    read = writes;
  }

  /** Whether the way is not blocked, and something was written since all had been read. */
  boolean isDue() {
    return !clock.instant().isBefore(due) && store.writes() != read;
  }

  /** Who was never told anything is told what comes. */
  private long begin() {
    OptionalLong kept = store.readUpTo(way.key());
    long at = kept.orElseGet(store::lastEvent);
    if (kept.isEmpty()) {
      store.readUpTo(way.key(), at);
    }
    position = OptionalLong.of(at);
    return at;
  }

  /** Whether it is done with {@code event}. */
  private boolean pass(Event event) {
    Optional<Occasion> occasion = Occasion.of(event).filter(on::contains);
    Optional<Job> job = occasion.flatMap(_ -> store.find(event.job()));
    if (occasion.isEmpty() || job.isEmpty()) {
      return true;
    }
    Notice notice = Notice.of(event, occasion.get(), job.get(), page(job.get()), redactor);
    if (event.at().isBefore(clock.instant().minus(NEWS))) {
      LOG.warnf("Not told any more, a day later: %s", notice.title());
      store.readUpTo(way.key(), event.sequence());
      return true;
    }
    boolean carried = carried(notice);
    if (carried) {
      store.readUpTo(way.key(), event.sequence());
    }
    return carried;
  }

  private boolean carried(Notice notice) {
    try {
      way.carry(notice);
      worked();
      return true;
    } catch (RefusedException unwanted) {
      LOG.warnf("Not told, because %s: %s", said(unwanted), notice.title());
      return true;
    } catch (UnavailableException away) {
      blocked(away, away.retryAt());
    } catch (MisconfiguredException wrong) {
      blocked(wrong, Optional.empty());
    }
    return false;
  }

  private void worked() {
    if (failures > 0) {
      LOG.infof("Notices arrive again by %s", way.name());
    }
    failures = 0;
  }

  /** Told once for an outage: whoever reads the log knows it by then. */
  private void blocked(RuntimeException why, Optional<Instant> named) {
    if (failures == 0) {
      LOG.warnf("Notices wait, because %s", said(why));
    }
    Duration plain = FIRST_WAIT.multipliedBy(1L << Math.min(failures, 10));
    Instant own = clock.instant().plus(plain.compareTo(LONGEST_WAIT) < 0 ? plain : LONGEST_WAIT);
    due = named.filter(own::isBefore).orElse(own);
    failures++;
  }

  private String said(RuntimeException why) {
    return PlainText.line(redactor.text(String.valueOf(why.getMessage())));
  }

  private URI page(Job job) {
    return store.mentions(job.id()).stream()
        .map(StoredMention::mention)
        .map(mention -> mention.link())
        .findFirst()
        .or(job::pullRequest)
        .orElseGet(() -> URI.create("https://github.com/" + job.subject().repository()));
  }
}
