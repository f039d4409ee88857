package dev.knight.store;

import dev.knight.job.Effect;
import dev.knight.job.JobId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An effect as it lies in table {@code effect}. */
@Entity
@EntityListeners(Touched.class)
@Table(name = "effect")
class EffectRow {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "effect_seq")
  @SequenceGenerator(name = "effect_seq", sequenceName = "effect_seq", allocationSize = 1)
  private long id;

  @Column(name = "job_id")
  private long jobId;

  private String kind;

  @Column(name = "effect_key")
  private String effectKey;

  private String state;

  @Column(name = "external_id")
  private @Nullable String externalId;

  private @Nullable String link;

  @Column(name = "planned_at")
  private Instant plannedAt;

  @Column(name = "begun_at")
  private @Nullable Instant begunAt;

  @Column(name = "check_at")
  private @Nullable Instant checkAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected EffectRow() {}

  /** An intent. */
  EffectRow(JobId job, Effect.Kind kind, String key, Instant now) {
    this.jobId = job.value();
    this.kind = kind.name();
    this.effectKey = key;
    this.state = Effect.State.INTENT.name();
    this.plannedAt = Columns.time(now);
  }

  /** Takes over what came of it. */
  void settle(Effect effect) {
    state = effect.state().name();
    externalId = effect.externalId().orElse(null);
    link = effect.link().map(URI::toString).orElse(null);
    begunAt = effect.begunAt().map(Columns::time).orElse(null);
    checkAt = effect.checkAt().map(Columns::time).orElse(null);
  }

  JobId job() {
    return new JobId(jobId);
  }

  Effect toEffect() {
    return new Effect(
        new JobId(jobId),
        Effect.Kind.valueOf(kind),
        effectKey,
        Effect.State.valueOf(state),
        Optional.ofNullable(externalId),
        Optional.ofNullable(link).map(URI::create),
        plannedAt,
        Optional.ofNullable(begunAt),
        Optional.ofNullable(checkAt));
  }
}
