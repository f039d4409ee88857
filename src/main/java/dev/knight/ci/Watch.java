package dev.knight.ci;

import dev.knight.attempt.CheckRules;
import dev.knight.github.Checks;
import dev.knight.github.GitHub;
import dev.knight.github.PullRequest;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Effect;
import dev.knight.job.Job;
import dev.knight.job.JobState.Done;
import dev.knight.job.JobStore;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import dev.knight.job.UnavailableException;
import dev.knight.publish.OutgoingText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Watches the checks of the pull requests that knight's jobs have opened. It meets the others in
 * the store only: what it finds becomes a line in the status comment, a reply, or a mention that
 * wakes the job.
 */
public final class Watch {
  private static final Logger LOG = Logger.getLogger(Watch.class);

  /** Whoever has said nothing for so long has their pull request's checks looked at themselves. */
  private static final Duration OLDEST = Duration.ofDays(14);

  /** Where nothing moves the wait doubles, up to so many intervals. */
  private static final int QUIET = 10;

  /** The same where there is nothing to see: a pull request that is closed, or a blind token. */
  private static final int IDLE = 60;

  private final GitHub github;
  private final JobStore store;
  private final CiSettings settings;
  private final InstantSource clock;
  private final Lookout lookout;
  private final Response response;
  private final Conflict conflict;
  private final ReentrantLock turn = new ReentrantLock();
  private final Map<Subject, Turn> turns = new LinkedHashMap<>();
  private final Set<RepositoryName> blind = new HashSet<>();
  private Map<Subject, Job> watched = Map.of();
  private volatile Instant listed = Instant.MIN;
  private Instant pausedUntil = Instant.MIN;

  /** When there is something to look at next. */
  private volatile Instant next = Instant.MIN;

  /** The store's count of writes when there was nothing to watch. */
  private volatile long idle = -1;

  /** Watches by {@code settings}; what is shown goes through {@code outgoing}. */
  public Watch(
      GitHub github,
      Checks checks,
      JobStore store,
      CiSettings settings,
      OutgoingText outgoing,
      Redactor redactor,
      InstantSource clock) {
    this.github = github;
    this.store = store;
    this.settings = settings;
    this.clock = clock;
    this.lookout = new Lookout(checks);
    this.conflict = new Conflict(store, clock);
    this.response =
        new Response(
            github,
            checks,
            store,
            new Diagnosis(checks, lookout),
            new Reruns(checks, store, clock),
            new Wording(outgoing, redactor),
            clock);
  }

  /**
   * Looks at each pull request that is due. What goes wrong is told and tried again later. While
   * another thread is at it, this one has nothing to do.
   */
  public void runOnce() {
    if (!settings.enabled() || !turn.tryLock()) {
      return;
    }
    try {
      lookAround();
      next = next();
    } finally {
      turn.unlock();
    }
  }

  /** Whether {@link #runOnce} would look at something. Waits for nobody, and costs nothing. */
  public boolean isDue() {
    Instant now = clock.instant();
    boolean isTime = !now.isBefore(next) || listed.isAfter(now); // the clock was set back
    return settings.enabled() && isTime && store.writes() != idle;
  }

  private Instant next() {
    Instant first =
        turns.values().stream()
            .map(Turn::due)
            .reduce(listed.plus(settings.interval()), (one, two) -> one.isBefore(two) ? one : two);
    return first.isAfter(pausedUntil) ? first : pausedUntil;
  }

  private void lookAround() {
    Instant now = clock.instant();
    if (now.isBefore(pausedUntil)) {
      return;
    }
    if (listed.isAfter(now) || !now.isBefore(listed.plus(settings.interval()))) {
      Map<Subject, Job> before = watched;
      long writes = store.writes(); // first: what is written meanwhile counts next time
      watched = published(now);
      idle = watched.isEmpty() ? writes : -1;
      turns.keySet().removeIf(pull -> !isAsBefore(before.get(pull), watched.get(pull)));
      listed = now;
    }
    for (Map.Entry<Subject, Job> entry : watched.entrySet()) {
      Turn next = turns.computeIfAbsent(entry.getKey(), _ -> Turn.first(now));
      if (!now.isBefore(next.due()) && now.isAfter(pausedUntil)) {
        undertake(entry.getKey(), entry.getValue());
      }
    }
  }

  /** Whether no worker has had the job in between: otherwise there is something new to see. */
  private static boolean isAsBefore(@Nullable Job before, @Nullable Job now) {
    return before != null
        && now != null
        && before.id().equals(now.id())
        && before.token() == now.token();
  }

  private Map<Subject, Job> published(Instant now) {
    Map<Subject, Job> all = new LinkedHashMap<>();
    for (Job job : store.published(now.minus(OLDEST))) {
      boolean served = settings.repositories().contains(job.subject().repository());
      if (served && rules(job).watched()) {
        number(job)
            .ifPresent(number -> all.put(new Subject(job.subject().repository(), number), job));
      }
    }
    return all;
  }

  private CheckRules rules(Job job) {
    return CheckRules.of(store.configuration(job.subject().repository()));
  }

  /** The number of its pull request. */
  private Optional<Long> number(Job job) {
    return store.effects(job.id()).stream()
        .filter(effect -> effect.kind() == Effect.Kind.PULL_REQUEST)
        .flatMap(effect -> effect.externalId().stream())
        .map(Long::valueOf)
        .reduce((_, last) -> last);
  }

  /** A failure that passes by itself holds for all, if GitHub says until when. */
  private void undertake(Subject pull, Job job) {
    Duration wait = settings.interval();
    try {
      wait = look(pull, job);
    } catch (UnavailableException passing) {
      passing.retryAt().ifPresent(end -> pausedUntil = end);
      LOG.infof("pull=%s Its checks are looked at later: %s", pull, passing.getMessage());
      wait = longer(pull);
    } catch (MisconfiguredException | RefusedException wrong) {
      LOG.warnf("pull=%s Its checks cannot be watched: %s", pull, wrong.getMessage());
      wait = settings.interval().multipliedBy(IDLE);
    } catch (RuntimeException bug) {
      LOG.errorf(bug, "pull=%s Its checks cannot be watched by a mistake of knight's", pull);
      wait = settings.interval().multipliedBy(IDLE);
    }
    Duration until = wait;
    turns.computeIfPresent(pull, (_, seen) -> seen.after(until, clock.instant()));
  }

  /** Looks at one, and says how long to wait until the next look. */
  private Duration look(Subject subject, Job listedJob) {
    Optional<Job> job = store.find(listedJob.id()).filter(found -> found.state() instanceof Done);
    if (job.isEmpty()) {
      return settings.interval(); // it goes on: what is red now may be mended already
    }
    Optional<PullRequest> pull = github.pullRequest(subject).filter(PullRequest::open);
    if (pull.isEmpty()) {
      return settings.interval().multipliedBy(IDLE);
    }
    if (conflict.wakes(job.get(), pull.get())) {
      return settings.interval();
    }
    String commit = pull.get().headSha();
    Optional<Standing> standing = lookout.look(subject.repository(), commit);
    if (standing.isEmpty()) {
      return unreadable(job.get());
    }
    blind.remove(subject.repository());
    return saw(job.get(), pull.get(), standing.get());
  }

  private Duration saw(Job job, PullRequest pull, Standing standing) {
    Subject subject = pull.subject();
    Instant now = clock.instant();
    Turn seen = turn(subject).saw(pull.headSha(), standing, now);
    turns.put(subject, seen);
    if (standing.isPending()) {
      return settings.interval();
    }
    if (!seen.isSettled(settings.settle(), now)) {
      Duration rest = Duration.between(now, seen.since().plus(settings.settle()));
      return rest.compareTo(settings.interval()) < 0 ? rest : settings.interval();
    }
    if (!seen.done()) {
      if (!response.to(job, pull, standing, rules(job), settings.rounds())) {
        return settings.interval();
      }
      turns.put(subject, seen.acted());
    }
    return longer(subject);
  }

  private Turn turn(Subject subject) {
    return turns.getOrDefault(subject, Turn.first(clock.instant()));
  }

  private Duration longer(Subject subject) {
    Duration twice = turn(subject).gap().multipliedBy(2);
    Duration most = settings.interval().multipliedBy(QUIET);
    Duration least = settings.interval().multipliedBy(2);
    return twice.compareTo(least) < 0 ? least : twice.compareTo(most) > 0 ? most : twice;
  }

  /** The token sees nothing of what checks the commits: told once for each repository and job. */
  private Duration unreadable(Job job) {
    RepositoryName repository = job.subject().repository();
    if (blind.add(repository)) {
      LOG.warnf(
          "repository=%s The token may read neither check runs nor statuses nor runs of Actions, so"
              + " checks are not watched there; 'Actions: read' and 'Commit statuses: read' mend that",
          repository);
    }
    response.tellBlind(job);
    return settings.interval().multipliedBy(IDLE);
  }
}
