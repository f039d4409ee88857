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
    return ledger.read(() ->
        repository.map(rows::of).orElseGet(rows::all).stream()
            .map(ConventionRow::toConvention)
            .toList());
  }

  @Override
  public Optional<Convention> find(long id) {
    return ledger.read(() -> rows.findByIdOptional(id).map(ConventionRow::toConvention));
  }

  @Override
  public Convention keep(Convention learnt) {
    Convention kept =
        ledger.write(() ->
            rows.like(learnt)
                .orElseGet(() -> {
                  ConventionRow row = new ConventionRow(learnt);
                  rows.persist(row);
                  return row;
                })
                .toConvention());
    file.grown();
    return kept;
  }

  @Override
  public boolean replace(Convention before, Convention after) {
    boolean replaced =
        ledger.write(() -> {
          Optional<ConventionRow> row =
              rows.findByIdOptional(before.id()).filter(held -> held.toConvention().equals(before));
          row.ifPresent(held -> held.become(after));
          return row.isPresent();
        });
    file.grown();
    return replaced;
  }
}
