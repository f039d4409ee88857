package dev.knight;

import dev.knight.agent.Agent;
import dev.knight.github.GitHub;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobState.Finished;
import dev.knight.job.JobState.NeedsYou;
import dev.knight.job.JobState.Queued;
import dev.knight.job.JobState.Retrying;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobStore;
import dev.knight.job.UnavailableException;
import dev.knight.overlay.Overlays;
import dev.knight.publish.Reporter;
import dev.knight.worker.WorkerPool;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * knight's loops. They know nothing of each other and meet in the store; the {@link Ticker} ticks
 * them, and in a {@link Lull} none of those for jobs looks there.
 */
@Singleton
final class Service implements Foreground {
  private static final Logger LOG = Logger.getLogger(Service.class);
  private static final Duration TICK = Duration.ofMillis(500);

  /** Jobs do not wait for what is not theirs. */
  private static final Duration FOR_ORPHANS = Duration.ofSeconds(3);

  /** A request to GitHub takes 10 s at most, before GitHub itself cuts it. */
  private static final Duration FOR_WRITES = Duration.ofSeconds(10);

  /** A bridge takes 5 s for each of three stages. */
  private static final Duration FOR_AGENTS = Duration.ofSeconds(20);

  private final GitHub github;
  private final Agent agent;
  private final Overlays overlays;
  private final JobStore store;
  private final WorkerPool workers;
  private final Reporter reporter;
  private final Provider<Lookouts> lookouts;
  private final Provider<Chores> chores;
  private final Ticker ticker;
  private final Loop claims;
  private final Loop keeping;
  private final Loop reports;

  Service(
      GitHub github,
      Agent agent,
      Overlays overlays,
      JobStore store,
      WorkerPool workers,
      Reporter reporter,
      Lull lull,
      Provider<Lookouts> lookouts,
      Provider<Chores> chores,
      Ticker ticker) {
    this.github = github;
    this.agent = agent;
    this.overlays = overlays;
    this.store = store;
    this.workers = workers;
    this.reporter = reporter;
    this.lookouts = lookouts; // both are asked for late: a foreground run has neither
    this.chores = chores;
    this.ticker = ticker;
    this.claims = new Loop("claims", lull::isOver, this::wake);
    this.keeping = new Loop("keeping", lull::isOver, workers::keepWork);
    this.reports = new Loop("reports", lull::isOver, reporter::runOnce);
  }

  /**
   * Begins to work: first with what an earlier service left running.
   *
   * @throws dev.knight.job.MisconfiguredException when GitHub does not accept the token, or pi does
   *     not start
   */
  void start() {
    greet();
    agent.check();
    workers.takeBack();
    Set<JobId> running = store.running().stream().map(Job::id).collect(Collectors.toSet());
    agent.endOthers(running, FOR_ORPHANS);
    overlays.endOthers(running);
    store.onWork(this::begin);
    Stream<Loop> forJobs = Stream.of(claims, keeping, reports);
    ticker.start(
        Stream.concat(lookouts.get().loops().stream(), forJobs).toList(), chores.get().loops());
    claims.wake(); // what an earlier service left does not wait for the first tick
  }

  /** A job may run, and what becomes of it is to be told. */
  private void begin() {
    claims.wake();
    ticker.wake();
  }

  /** Something has changed: a job may run, or one that runs was called off. */
  private void wake() {
    workers.beat();
    workers.runOnce();
  }

  /** A GitHub that is away comes back; a token that it refuses does not mend itself. */
  private void greet() {
    try {
      LOG.infof("GitHub knows this knight as %s", github.me().login());
    } catch (UnavailableException away) {
      LOG.warnf("GitHub cannot be reached yet: %s", away.getMessage());
    }
  }

  /** Works on that one job, on its own clock: nobody ticks a foreground run. */
  @Override
  public Job work(JobId id) {
    workers.takeBack();
    try {
      Job job = look(id);
      while (!isOver(job) || !reporter.isUpToDate(job)) {
        workers.beat();
        workers.run(id);
        workers.keepWork();
        reporter.runOnce();
        Thread.sleep(TICK);
        job = look(id);
      }
      return job;
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return look(id);
    }
  }

  /**
   * Ends in order: takes nothing new, lets what is being written to GitHub get there, and gives the
   * jobs back for the next start. Their agents work on unless {@code stopAgents}.
   */
  void end(boolean stopAgents) {
    ticker.stop(); // what the loops are at is done again by the next service
    overlays.leave();
    claims.end(FOR_WRITES);
    workers.close(FOR_WRITES);
    if (stopAgents) {
      agent.endOthers(Set.of(), FOR_AGENTS);
      overlays.endOthers(Set.of());
    }
    reports.end(FOR_WRITES);
    LOG.infof("knight ends in order");
  }

  private Job look(JobId id) {
    return store.find(id).orElseThrow(() -> new IllegalStateException("Job " + id + " is gone"));
  }

  private static boolean isOver(Job job) {
    return switch (job.state()) {
      case Finished _, NeedsYou _ -> true;
      case Queued _, Running _, Retrying _ -> false;
    };
  }
}
