package dev.knight.store;

import dev.knight.job.JobId;
import dev.knight.job.RequestKey;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Table {@code request_key}. */
@Singleton
final class RequestKeyRows implements PanacheRepositoryBase<RequestKeyRow, String> {
  /**
   * The job of the request with {@code key}, if it was kept and is not too old.
   *
   * @throws dev.knight.job.RefusedException if the key is another request's
   */
  Optional<JobId> job(RequestKey key, Instant now) {
    return find("key = ?1 and keptAt >= ?2", key.key(), oldest(now))
        .firstResultOptional()
        .map(row -> {
          key.refuseUnless(row.digest());
          return row.job();
        });
  }

  /** Keeps that {@code job} serves the request with {@code key}, and forgets what is too old. */
  void keep(RequestKey key, JobId job, Instant now) {
    delete("keptAt < ?1", oldest(now));
    persist(new RequestKeyRow(key, job, now));
  }

  private static Instant oldest(Instant now) {
    return Columns.time(now.minus(RequestKey.KNOWN));
  }
}
