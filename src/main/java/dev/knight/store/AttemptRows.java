package dev.knight.store;

import dev.knight.job.Job;
import jakarta.inject.Singleton;

/**
 * Table {@code attempt}, written for people: one worker's time with a job, from its claim to its
 * end, or until another claim took over.
 */
@Singleton
final class AttemptRows {
  private final Sql sql;

  AttemptRows(Sql sql) {
    this.sql = sql;
  }

  /** {@code owner} begins to work on {@code job}, and nobody else is at work on it. */
  void begin(Job job, String owner) {
    sql.add(
        "attempt",
        Cells.of("job_id", job.id())
            .and("attempt_number", job.attempt())
            .and("token", job.token())
            .and("owner", owner)
            .and("started_at", job.updatedAt()));
  }

  /** The work on {@code job} that is open, if any is, ended in {@code outcome}. */
  void end(Job job, String outcome) {
    sql.update(
        "attempt",
        Cells.of("ended_at", job.updatedAt()).and("outcome", outcome),
        "job_id = ? and ended_at is null",
        job.id());
  }
}
