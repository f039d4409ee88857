package dev.knight.worker;

import dev.knight.attempt.Attempt;
import dev.knight.job.AttemptListener;
import dev.knight.job.Event;
import dev.knight.job.Failure;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobState.Finished;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobStore;
import dev.knight.job.LeaseLostException;
import dev.knight.job.MisconfiguredException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** As many attempts at a time as the operator allows, each on a virtual thread. */
@Singleton
public final class WorkerPool {
  private static final Logger LOG = Logger.getLogger(WorkerPool.class);

  /** More wait seldom; they are due by themselves. */
  private static final int RECENT_JOBS = 1_000;

  /** The outcome of an attempt whose job was taken from its worker. */
  private static final String CALLED_OFF = "called-off";

  /** The outcome of an attempt that goes on in the next life of the service. */
  private static final String HANDED_BACK = "handed-back";

  private final JobStore store;
  private final Attempt attempt;
  private final WorkerSettings settings;
  private final InstantSource clock;
  private final Outages outages;
  private final Ending ending;
  private final Purse purse;
  private final Executor threads;
  private final AttemptListener listener;
  private final Map<JobId, Claim> claims = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** Claims nothing until {@link #runOnce} is called. */
  @Inject
  public WorkerPool(
      JobStore store,
      Attempt attempt,
      WorkerSettings settings,
      InstantSource clock,
      RandomGenerator random,
      AttemptListener listener) {
    // A thread that ends one attempt may start the next, which is not to be logged as the first.
    this(
        store,
        attempt,
        settings,
        clock,
        random,
        Thread.ofVirtual().inheritInheritableThreadLocals(false)::start,
        listener);
  }

  /**
   * {@code threads} runs each attempt on a thread of its own; {@code listener} is told how they go.
   */
  public WorkerPool(
      JobStore store,
      Attempt attempt,
      WorkerSettings settings,
      InstantSource clock,
      RandomGenerator random,
      Executor threads,
      AttemptListener listener) {
    this.listener = listener;
    this.store = store;
    this.attempt = attempt;
    this.settings = settings;
    this.clock = clock;
    Backoff backoff = new Backoff(random);
    this.outages = new Outages(backoff);
    this.ending = new Ending(attempt::keep, clock, backoff, outages);
    this.purse = new Purse(store, settings, clock);
    this.threads = threads;
  }

  /**
   * Takes back what an earlier service of this home was doing when it ended, so that it is claimed
   * at once and goes on with the same attempt; but not what that service died of twice. To be
   * called before the first claim, by the only service of the home.
   */
  public void takeBack() {
    store.running().forEach(this::takeBack);
    // A restart is often what mends a setting, and the world may be back.
    store.jobs(RECENT_JOBS).forEach(this::wake);
  }

  private void wake(Job job) {
    Instant now = clock.instant();
    boolean waits =
        switch (job.state()) {
          case Retrying _ -> job.setbacks().isWaiting();
          case Queued _, Running _, NeedsYou _, Finished _ -> false;
        };
    if (waits) {
      store.replace(job, job.retryNow(now), List.of());
    }
  }

  private void takeBack(Job job) {
    Instant now = clock.instant();
    Job after = job.takeBack(now);
    switch (after.state()) {
      case NeedsYou(String question) -> {
        LOG.warnf("job=%s Is not resumed: the service died under it repeatedly", job.id());
        store.replace(job, after, List.of(Event.of(job.id(), now, "needs-you", question)));
      }
      case Queued _, Running _, Retrying _, Finished _ -> {
        LOG.infof("job=%s Goes on where the last service left it", job.id());
        store.replace(job, after, List.of());
      }
    }
    listener.recovered(job);
  }

  /** Claims what may run, as long as there is room. Returns at once. */
  public void runOnce() {
    // After a sleep of the machine: what this service works on is not to be claimed a second time.
    beat();
    claim();
  }

  private synchronized void claim() {
    while (!closed && claims.size() < settings.workers() && outages.admit(clock.instant())) {
      Instant now = clock.instant();
      Optional<Job> job =
          store.claim(settings.owner(), now.plus(Claim.LEASE), settings.perRepository(), now);
      if (job.isEmpty()) {
        return;
      }
      start(job.get());
    }
  }

  /** Claims that one job, whatever else is running. */
  public synchronized boolean run(JobId id) {
    Instant now = clock.instant();
    Optional<Job> job = store.claim(id, settings.owner(), now.plus(Claim.LEASE), now);
    job.ifPresent(this::start);
    return job.isPresent();
  }

  /** Renews the leases that are held, and ends the attempts at jobs that were called off. */
  public void beat() {
    for (Claim claim : claims.values()) {
      try {
        claim.beat();
      } catch (LeaseLostException lost) {
        LOG.infof("%s", lost.getMessage());
        claim.cancel();
      }
    }
  }

  /**
   * Keeps what jobs had made that were called off, once nothing works on them any more. The one who
   * calls a job off does not wait for that.
   */
  public void keepWork() {
    store.unkept().stream().filter(job -> !claims.containsKey(job.id())).forEach(this::keep);
  }

  private void keep(Job job) {
    Optional<String> branch = attempt.keep(job);
    Instant now = clock.instant();
    List<Event> told =
        branch.stream()
            .map(name -> Event.of(job.id(), now, "kept", "What was made is kept on " + name))
            .toList();
    store.replace(job, job.kept(branch, now), told);
  }

  /**
   * Claims nothing more, lets what is being published get there for at most {@code patience}, and
   * gives the other jobs back as they are: their agents work on, and the next service finds them.
   */
  public void close(Duration patience) {
    closed = true;
    Instant end = clock.instant().plus(patience);
    for (Claim claim : claims.values()) {
      claim.awaitPublished(end);
      try {
        claim.handBack();
        over(claim, HANDED_BACK);
      } catch (LeaseLostException over) {
        LOG.debugf("job=%s Is not ours any more", claim.job().id());
      } catch (MisconfiguredException unwritable) {
        LOG.warnf("job=%s Cannot be given back: %s", claim.job().id(), unwritable.getMessage());
      }
    }
  }

  private void start(Job job) {
    Claim claim = new Claim(store, outages, listener, clock, job);
    outages.claimed(job.id());
    Optional.ofNullable(claims.put(job.id(), claim))
        .ifPresent(outlived -> threads.execute(outlived::cancel));
    threads.execute(() -> run(claim));
  }

  private void run(Claim claim) {
    JobId id = claim.job().id();
    String outcome = CALLED_OFF;
    LogContext.begins(claim.job());
    listener.began(claim.job());
    LOG.infof("job=%s attempt=%d Started on %s", id, claim.job().attempt(), claim.job().subject());
    try {
      if (purse.admits(claim)) {
        end(claim);
        purse.ended();
      }
      outcome = claim.job().state().word();
      LOG.infof("job=%s Is %s", id, outcome);
    } catch (LeaseLostException lost) {
      LOG.infof("job=%s Was called off", id);
    } catch (RuntimeException failure) {
      if (!closed) {
        LOG.errorf(failure, "job=%s Could not be recorded; its lease will run out", id);
      }
    } finally {
      claim.end();
      over(claim, outcome);
      outages.ended(id, clock.instant());
      LogContext.ends();
    }
    if (!closed) {
      runOnce();
    }
  }

  /** Once for each claim, and not for one that another has taken the place of. */
  private void over(Claim claim, String outcome) {
    if (claims.remove(claim.job().id(), claim)) {
      listener.ended(claim.job(), outcome);
    }
  }

  private void end(Claim claim) {
    try {
      ending.with(claim, attempt.run(claim));
    } catch (LeaseLostException lost) {
      throw lost;
    } catch (RuntimeException failure) {
      if (closed || claim.isCancelled()) {
        throw new LeaseLostException(claim.job().id());
      }
      listener.failed(claim.job(), Failure.of(failure));
      ending.with(claim, failure);
    }
  }
}
