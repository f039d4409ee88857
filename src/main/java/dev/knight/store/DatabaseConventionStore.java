package dev.knight.store;

import dev.knight.job.Convention;
import dev.knight.job.ConventionStore;
import dev.knight.job.RepositoryName;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The conventions in a database; each method is one transaction through the {@link Ledger}. */
@Singleton
final class DatabaseConventionStore implements ConventionStore {
  private final Ledger ledger;
  private final StoreFile file;
  private final ConventionRows rows;

  DatabaseConventionStore(Ledger ledger, StoreFile file, ConventionRows rows) {
    this.ledger = ledger;
    this.file = file;
    this.rows = rows;
  }

  @Override
  public List<Convention> all(Optional<RepositoryName> repository) {
    return ledger.read(() -> repository.map(rows::of).orElseGet(rows::all));
  }

  @Override
  public Optional<Convention> find(long id) {
    return ledger.read(() -> rows.find(id));
  }

  @Override
  public Convention keep(Convention learnt) {
    Convention kept = ledger.write(() -> rows.kept(learnt));
    file.grown();
    return kept;
  }

  @Override
  public boolean replace(Convention before, Convention after) {
    boolean replaced = ledger.write(() -> rows.replace(before, after));
    file.grown();
    return replaced;
  }
}
