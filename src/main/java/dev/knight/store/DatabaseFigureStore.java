package dev.knight.store;

import dev.knight.job.FigureStore;
import dev.knight.job.JobId;
import dev.knight.job.Spent;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** The figures in a database; each method is one transaction through the {@link Ledger}. */
@Singleton
final class DatabaseFigureStore implements FigureStore {
  private final Ledger ledger;
  private final StoreFile file;
  private final FigureRows rows;

  DatabaseFigureStore(Ledger ledger, StoreFile file, FigureRows rows) {
    this.ledger = ledger;
    this.file = file;
    this.rows = rows;
  }

  @Override
  public Census census() {
    return ledger.read(() -> new Census(rows.states(), rows.waiting()));
  }

  @Override
  public void spent(JobId job, LocalDate day, Map<String, Spent> totals) {
    ledger.write(() -> {
      totals.forEach((model, total) -> rows.spent(job, day, model, total));
      return true;
    });
    file.grown();
  }

  @Override
  public List<Result> results(Instant since) {
    return ledger.read(() -> rows.results(since));
  }

  @Override
  public List<Spend> spend(LocalDate since) {
    return ledger.read(() -> rows.spend(since));
  }
}
