package dev.knight.store;

import dev.knight.job.JobId;
import dev.knight.job.RequestKey;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Table {@code request_key}: the requests by hand that were kept. */
@Singleton
final class RequestKeyRows {
  private final Sql sql;

  RequestKeyRows(Sql sql) {
    this.sql = sql;
  }

  /**
   * The job of the request with {@code key}, if it was kept and is not too old.
   *
   * @throws dev.knight.job.RefusedException if the key is another request's
   */
  Optional<JobId> job(RequestKey key, Instant now) {
    return sql.first(
        row -> {
          key.refuseUnless(row.text("digest"));
          return new JobId(row.number("job_id"));
        },
        "select digest, job_id from request_key where chosen_key = ? and kept_at >= ?",
        key.key(),
        oldest(now));
  }

  /** Keeps that {@code job} serves the request with {@code key}, and forgets what is too old. */
  void keep(RequestKey key, JobId job, Instant now) {
    sql.change("delete from request_key where kept_at < ?", oldest(now));
    sql.insert(
        "request_key",
        Cells.of("chosen_key", key.key())
            .and("digest", key.digest())
            .and("job_id", job)
            .and("kept_at", now));
  }

  private static Instant oldest(Instant now) {
    return now.minus(RequestKey.KNOWN);
  }
}
