package dev.knight.job;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which jobs change, for those who look on: the store of this process tells it after each
 * transaction. Who listens slowly hears of a job once for many changes, and nobody waits for them.
 * What another process writes is not heard here, so who needs that looks once in a while as well.
 */
public final class JobChanges {
  private final Set<Ear> ears = ConcurrentHashMap.newKeySet();

  /** Tells that something of {@code jobs} is different now, and can be read. */
  public void tell(Collection<JobId> jobs) {
    ears.forEach(ear -> ear.hear(jobs));
  }

  /** Begins to listen: what changes from now on is heard. */
  public Ear listen() {
    Ear ear = new Ear();
    ears.add(ear);
    return ear;
  }

  /** One who listens, until it is closed. */
  public final class Ear implements AutoCloseable {
    /** Who is so far behind reads everything anew anyway. */
    private static final int MOST = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final Set<JobId> heard = new LinkedHashSet<>();
    private boolean woken;

    private Ear() {}

    /**
     * The jobs that have changed since the last call, in the order in which they did first; waits
     * for one no longer than {@code patience}, and returns none when nothing came or {@link #wake}
     * was called. Of more than 1,000 the first are left out.
     */
    public Set<JobId> await(Duration patience) throws InterruptedException {
      long left = patience.toNanos();
      lock.lock();
      try {
        while (heard.isEmpty() && !woken && left > 0) {
          left = told.awaitNanos(left);
        }
        Set<JobId> all = new LinkedHashSet<>(heard);
        heard.clear();
        woken = false;
        return all;
      } finally {
        lock.unlock();
      }
    }

    /** Ends a wait, now or next, though nothing has changed. */
    public void wake() {
      lock.lock();
      try {
        woken = true;
        told.signalAll();
      } finally {
        lock.unlock();
      }
    }

    private void hear(Collection<JobId> jobs) {
      lock.lock();
      try {
        heard.addAll(jobs);
        for (Iterator<JobId> first = heard.iterator(); heard.size() > MOST; ) {
          first.next();
          first.remove();
        }
        told.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      ears.remove(this);
    }
  }
}
