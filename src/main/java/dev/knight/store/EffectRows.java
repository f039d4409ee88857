package dev.knight.store;

import dev.knight.job.Effect;
import dev.knight.job.JobId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Table {@code effect}. */
@Singleton
final class EffectRows implements PanacheRepositoryBase<EffectRow, Long> {
  /** The effect as it stands, or a new intent. */
  EffectRow planned(JobId job, Effect.Kind kind, String key, Instant now) {
    return one(job, kind, key)
        .orElseGet(() -> {
          EffectRow intent = new EffectRow(job, kind, key, now);
          persist(intent);
          return intent;
        });
  }

  void settle(Effect effect) {
    one(effect.job(), effect.kind(), effect.key())
        .orElseThrow(() -> new IllegalStateException("Nobody planned " + effect))
        .settle(effect);
  }

  /** Whether the effect was as {@code before} says, and is {@code after} now. */
  boolean advance(Effect before, Effect after) {
    Optional<EffectRow> row =
        one(before.job(), before.kind(), before.key())
            .filter(held -> held.toEffect().isAsFarAs(before));
    row.ifPresent(held -> held.settle(after));
    return row.isPresent();
  }

  List<EffectRow> unsettled(Effect.Kind kind) {
    return list("kind = ?1 and state in ('INTENT', 'UNKNOWN') order by id", kind.name());
  }

  List<EffectRow> toCheck() {
    return list("checkAt is not null order by checkAt, id");
  }

  List<EffectRow> of(JobId job) {
    return list("jobId = ?1 order by id", job.value());
  }

  private Optional<EffectRow> one(JobId job, Effect.Kind kind, String key) {
    return find("jobId = ?1 and kind = ?2 and effectKey = ?3", job.value(), kind.name(), key)
        .firstResultOptional();
  }
}
