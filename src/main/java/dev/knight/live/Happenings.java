package dev.knight.live;

import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobChanges;
import dev.knight.job.JobId;
import dev.knight.job.JobStore;
import dev.knight.job.UnavailableException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * What happens in all jobs, as it happens, for many who look on: every line of a story once and in
 * order, after whichever one they saw last, and the jobs that changed without one. Nobody who reads
 * slowly holds up another.
 */
@Singleton
public final class Happenings {
  /** How many look on at a time: one costs a thread that waits. */
  static final int MOST = 256;

  private static final int AT_ONCE = 500;

  /** What a job does in one breath is told together. */
  private static final Duration BREATH = Duration.ofMillis(100);

  /** What other processes write is found so late at most, and whoever has left is noticed. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

  private final JobStore store;
  private final Semaphore places = new Semaphore(MOST);
  private final Set<JobChanges.Ear> ears = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  /** Tells of the jobs in {@code store}. */
  public Happenings(JobStore store) {
    this.store = store;
  }

  /** Takes what happens, one after another; may take its time. */
  public interface Listener {
    /**
     * It begins: what is told comes after event {@code position}. Who knows that nobody is there
     * any more calls {@code nudge}, from any thread, and is asked for a {@link #beat} at once.
     */
    void begin(long position, Runnable nudge) throws IOException;

    /**
     * Takes {@code one}.
     *
     * @throws IOException when nobody is there any more
     */
    void tell(Happening one) throws IOException;

    /**
     * Nothing has happened for a while.
     *
     * @throws IOException when nobody is there any more
     */
    void beat() throws IOException;
  }

  /**
   * Tells {@code listener} what happens until nobody listens any more, or {@link #end} is called.
   *
   * @param after the event that was seen last; without one, only what is new is told
   * @param only the one job that is of interest, if it is one
   * @throws IOException when nobody listens any more
   * @throws UnavailableException when too many people look on already
   */
  public void follow(OptionalLong after, Optional<JobId> only, Listener listener)
      throws IOException, InterruptedException {
    if (!places.tryAcquire()) {
      throw new UnavailableException(
          "Too many people look on already; try again later", Optional.empty());
    }
    JobChanges.Ear ear = store.changes().listen();
    ears.add(ear);
    try (ear) {
      // Who comes back after a restored backup may have seen more than there is.
      long last = store.lastEvent();
      long position = Math.min(after.orElse(last), last);
      listener.begin(position, ear::wake);
      follow(position, only, ear, listener);
    } finally {
      ears.remove(ear);
      places.release();
    }
  }

  /** Nobody is told anything more; whoever listens is let go at once. */
  public void end() {
    ended = true;
    ears.forEach(JobChanges.Ear::wake);
  }

  private void follow(long from, Optional<JobId> only, JobChanges.Ear ear, Listener listener)
      throws IOException, InterruptedException {
    long position = from;
    Set<JobId> changed = Set.of();
    while (!ended) {
      List<Event> events = store.events(position, AT_ONCE);
      Set<JobId> silent = new LinkedHashSet<>(changed);
      for (Event event : events) {
        position = event.sequence();
        silent.remove(event.job());
        tell(Optional.of(event), event.job(), only, listener);
      }
      for (JobId job : silent) {
        tell(Optional.empty(), job, only, listener);
      }
      boolean more = events.size() == AT_ONCE;
      changed = more ? Set.of() : heard(ear, listener);
    }
  }

  /** What has changed by the end of the breath in which the first did; a beat if nothing does. */
  private static Set<JobId> heard(JobChanges.Ear ear, Listener listener)
      throws IOException, InterruptedException {
    Set<JobId> heard = new LinkedHashSet<>(ear.await(BETWEEN_LOOKS));
    if (heard.isEmpty()) {
      listener.beat();
    } else {
      Thread.sleep(BREATH);
      heard.addAll(ear.await(Duration.ZERO));
    }
    return heard;
  }

  private void tell(Optional<Event> event, JobId id, Optional<JobId> only, Listener listener)
      throws IOException {
    if (only.stream().allMatch(id::equals)) {
      Optional<Job> job = store.find(id);
      if (job.isPresent()) {
        listener.tell(new Happening(event, job.get()));
      }
    }
  }
}
