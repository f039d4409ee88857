package dev.knight.worker;

import dev.knight.attempt.Progress;
import dev.knight.job.AttemptListener;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobState.Running;
import dev.knight.job.JobStore;
import dev.knight.job.LeaseLostException;
import dev.knight.job.Side;
import dev.knight.job.Spent;
import dev.knight.job.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * A worker's right to one job, and its only door to the job's row; the heartbeat goes through it
 * too.
 */
final class Claim implements Progress {
  /**
   * Long enough to live through a pause of the machine, short enough that a dead worker's job is
   * not forgotten.
   */
  static final Duration LEASE = Duration.ofSeconds(60);

  private final JobStore store;
  private final Outages outages;
  private final AttemptListener listener;
  private final InstantSource clock;
  private final List<Runnable> stops = new ArrayList<>();
  private final List<Runnable> looks = new CopyOnWriteArrayList<>();
  private Job job;
  private boolean cancelled;
  private boolean ended;

  Claim(
      JobStore store, Outages outages, AttemptListener listener, InstantSource clock, Job claimed) {
    this.listener = listener;
    this.store = store;
    this.outages = outages;
    this.clock = clock;
    this.job = claimed;
  }

  @Override
  public synchronized Job job() {
    return job;
  }

  @Override
  public void enter(Step step) {
    Instant now = clock.instant();
    change(before -> before.enter(step, now), event("step", "Entered " + step.word()));
    LogContext.enters(step);
    listener.entered(job(), step);
  }

  @Override
  public void tell(String kind, String text) {
    if (isCancelled()) {
      throw new LeaseLostException(job().id());
    }
    store.tell(List.of(event(kind, text)));
    listener.told(job(), kind);
  }

  @Override
  public void spent(Spent total) {
    // Two threads tell it, and the one that counted first may come last.
    if (!job().spent().equals(job().spent().orMore(total))) {
      change(before -> before.having(before.spent().orMore(total)));
    }
  }

  @Override
  public void branch(String name) {
    if (!job().branch().equals(Optional.of(name))) {
      change(before -> before.onBranch(name));
    }
  }

  @Override
  public void works(Side side) {
    outages.worked(side);
  }

  @Override
  public void onBeat(Runnable look) {
    looks.add(look);
  }

  @Override
  public void onCancel(Runnable stop) {
    synchronized (this) {
      if (!cancelled) {
        stops.add(stop);
        return;
      }
    }
    stop.run();
  }

  /** Writes what a verb makes of the job, if it is still this worker's. */
  synchronized void change(UnaryOperator<Job> verb, Event... events) {
    while (true) {
      Optional<Job> stored =
          cancelled ? Optional.empty() : store.replace(job, verb.apply(job), List.of(events));
      if (stored.isPresent()) {
        job = stored.get();
        notifyAll();
        for (Event event : events) {
          listener.told(job, event.kind());
        }
        return;
      }
      if (!isStillMine()) {
        throw new LeaseLostException(job.id());
      }
    }
  }

  /** Looks whether the job was called off, and renews the lease when a third of it is used. */
  void beat() {
    boolean mine;
    synchronized (this) {
      mine = isStillMine();
      Instant now = clock.instant();
      if (mine && leaseEnd().isBefore(now.plus(LEASE.multipliedBy(2).dividedBy(3)))) {
        change(before -> before.renew(now.plus(LEASE), now));
      }
    }
    if (mine) {
      looks.forEach(Runnable::run);
    } else {
      cancel();
    }
  }

  /** Tells the attempt to end: the job is not this worker's any more. */
  void cancel() {
    List<Runnable> due;
    synchronized (this) {
      cancelled = true;
      due = List.copyOf(stops);
      stops.clear();
    }
    due.forEach(Runnable::run);
  }

  /** Nobody works on the job here any more, be it that its end could not be recorded. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Waits until nothing of the job is being published, or until {@code end}. */
  synchronized void awaitPublished(Instant end) {
    try {
      while (isPublishing() && clock.instant().isBefore(end)) {
        wait(Math.max(1, Duration.between(clock.instant(), end).toMillis()));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isPublishing() {
    return !ended
        && job.state() instanceof Running(_, Step step)
        && step.compareTo(Step.PUBLISH) >= 0;
  }

  /** Gives the job back as it is, for the next service; what works on it is left at work. */
  synchronized void handBack() {
    Instant now = clock.instant();
    change(before -> before.release(now), event("released", "The service ended in order"));
    cancelled = true;
    stops.clear();
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  Event event(String kind, String text) {
    return Event.of(job().id(), clock.instant(), kind, text);
  }

  private boolean isStillMine() {
    if (cancelled) {
      return false;
    }
    Optional<Job> now = store.find(job.id());
    if (now.isPresent()
        && now.get().state() instanceof Running
        && now.get().token() == job.token()) {
      job = now.get();
      return true;
    }
    return false;
  }

  private Instant leaseEnd() {
    return job.state() instanceof Running(var lease, _) ? lease.expiresAt() : Instant.MIN;
  }
}
