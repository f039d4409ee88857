package dev.knight.store;

import jakarta.inject.Singleton;
import jakarta.persistence.PostPersist;
import jakarta.persistence.PostUpdate;

/** Notes whose rows a transaction writes, so that those who look on hear of it. */
@Singleton
final class Touched {
  private final Ledger ledger;

  Touched(Ledger ledger) {
    this.ledger = ledger;
  }

  @PostPersist
  @PostUpdate
  void written(Object row) {
    switch (row) {
      case JobRow job -> ledger.touched(job.id());
      case EventRow event -> ledger.touched(event.job());
      case EffectRow effect -> ledger.touched(effect.job());
      default -> throw new IllegalStateException("Nobody looks on at " + row.getClass());
    }
  }
}
