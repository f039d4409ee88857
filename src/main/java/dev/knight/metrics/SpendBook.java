package dev.knight.metrics;

import dev.knight.job.AttemptListener;
import dev.knight.job.FigureStore;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.Reservation;
import dev.knight.job.SpendListener;
import dev.knight.job.Spent;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Brings what each model of a job has cost into the store: now and then, and when an attempt ends.
 * What a crash keeps from getting there is in the job's account, and comes when that is opened
 * again; what the store does not take is kept for the next time.
 */
public final class SpendBook implements SpendListener, AttemptListener {
  private static final Logger LOG = Logger.getLogger(SpendBook.class);

  private final FigureStore store;
  private final InstantSource clock;
  private final Map<JobId, Map<String, Spent>> news = new ConcurrentHashMap<>();

  /** Writes into {@code store}. */
  public SpendBook(FigureStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void known(JobId job, String model, Spent total) {
    note(job, model, total);
  }

  @Override
  public void used(JobId job, String model, Use use, Spent total) {
    note(job, model, total);
  }

  private void note(JobId job, String model, Spent total) {
    news.compute(
        job,
        (_, known) -> {
          Map<String, Spent> totals = known == null ? new ConcurrentHashMap<>() : known;
          totals.merge(model, total, Spent::orMore);
          return totals;
        });
  }

  @Override
  public void ended(Job job, String outcome) {
    try {
      write(job.id());
    } catch (RuntimeException unwritten) {
      LOG.warnf("job=%s Its cost is not in the figures yet: %s", job.id(), unwritten.getMessage());
    }
  }

  /** Whether anything came since the last time. Waits for nobody, and costs nothing. */
  public boolean hasNews() {
    return !news.isEmpty();
  }

  /** Writes what came since the last time. */
  public void write() {
    news.keySet().forEach(this::write);
  }

  private void write(JobId job) {
    Map<String, Spent> totals = news.remove(job);
    if (totals != null) {
      try {
        store.spent(job, Reservation.day(clock.instant()), totals);
      } catch (RuntimeException unwritten) {
        totals.forEach((model, total) -> note(job, model, total));
        throw unwritten;
      }
    }
  }
}
