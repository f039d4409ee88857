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

/**
 * Brings what each model of a job has cost into the store: now and then, and when an attempt ends.
 * What a crash keeps from getting there is in the job's account, and comes with its next answer.
 */
public final class SpendBook implements SpendListener, AttemptListener {
  private final FigureStore store;
  private final InstantSource clock;
  private final Map<JobId, Map<String, Spent>> news = new ConcurrentHashMap<>();

  /** Writes into {@code store}. */
  public SpendBook(FigureStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void used(JobId job, String model, Use use, Spent total) {
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
    write(job.id());
  }

  /** Writes what came since the last time. */
  public void write() {
    news.keySet().forEach(this::write);
  }

  private void write(JobId job) {
    Map<String, Spent> totals = news.remove(job);
    if (totals != null) {
      store.spent(job, Reservation.day(clock.instant()), totals);
    }
  }
}
