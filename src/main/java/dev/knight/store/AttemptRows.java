package dev.knight.store;

import dev.knight.job.Job;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** Table {@code attempt}. */
@Singleton
final class AttemptRows implements PanacheRepositoryBase<AttemptRow, Long> {
  /** {@code owner} begins to work on {@code job}, and nobody else is at work on it. */
  void begin(Job job, String owner) {
    persist(new AttemptRow(job, owner));
  }

  /** The work on {@code job} that is open, if any is, ended in {@code outcome}. */
  void end(Job job, String outcome) {
    update(
        "endedAt = ?1, outcome = ?2 where jobId = ?3 and endedAt is null",
        Columns.time(job.updatedAt()),
        outcome,
        job.id().value());
  }
}
