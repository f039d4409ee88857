package dev.knight.store;

import dev.knight.job.Effect;
import dev.knight.job.JobId;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Table {@code effect}. */
@Singleton
final class EffectRows {
  private final Sql sql;

  EffectRows(Sql sql) {
    this.sql = sql;
  }

  /** The effect as it stands, or a new intent. */
  Effect planned(JobId job, Effect.Kind kind, String key, Instant now) {
    return one(job, kind, key)
        .orElseGet(() -> {
          Effect intent = Effect.planned(job, kind, key, Columns.time(now));
          add(intent);
          return intent;
        });
  }

  private void add(Effect intent) {
    sql.add(
        "effect",
        Cells.of("job_id", intent.job())
            .and("kind", intent.kind())
            .and("effect_key", intent.key())
            .and("planned_at", intent.plannedAt())
            .and(result(intent)));
    sql.touched(intent.job());
  }

  /** What came of it. */
  private static Cells result(Effect effect) {
    return Cells.of("state", effect.state())
        .and("external_id", effect.externalId())
        .and("link", effect.link().map(URI::toString))
        .and("begun_at", effect.begunAt())
        .and("check_at", effect.checkAt());
  }

  void settle(Effect effect) {
    int settled =
        sql.update(
            "effect",
            result(effect),
            "job_id = ? and kind = ? and effect_key = ?",
            effect.job(),
            effect.kind(),
            effect.key());
    if (settled == 0) {
      throw new IllegalStateException("Nobody planned " + effect);
    }
    sql.touched(effect.job());
  }

  /** Whether the effect was as {@code before} says, and is {@code after} now. */
  boolean advance(Effect before, Effect after) {
    boolean isSo =
        one(before.job(), before.kind(), before.key())
            .filter(held -> held.isAsFarAs(before))
            .isPresent();
    if (isSo) {
      settle(after);
    }
    return isSo;
  }

  List<Effect> unsettled(Effect.Kind kind) {
    return list("kind = ? and state in ('INTENT', 'UNKNOWN') order by id", kind);
  }

  List<Effect> toCheck() {
    return list("check_at is not null order by check_at, id");
  }

  List<Effect> of(JobId job) {
    return list("job_id = ? order by id", job);
  }

  private Optional<Effect> one(JobId job, Effect.Kind kind, String key) {
    return list("job_id = ? and kind = ? and effect_key = ?", job, kind, key).stream().findFirst();
  }

  private List<Effect> list(String condition, Object... values) {
    return sql.list(EffectRows::read, "select * from effect where " + condition, values);
  }

  private static Effect read(Row row) throws SQLException {
    return new Effect(
        new JobId(row.number("job_id")),
        row.word(Effect.Kind.class, "kind"),
        row.text("effect_key"),
        row.word(Effect.State.class, "state"),
        row.maybeText("external_id"),
        row.maybeText("link").map(URI::create),
        row.time("planned_at"),
        row.maybeTime("begun_at"),
        row.maybeTime("check_at"));
  }
}
