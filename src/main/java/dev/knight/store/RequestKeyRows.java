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
   * The job of the request with {@code key}, if it was kept.
   *
   * @throws dev.knight.job.RefusedException if the key is another request's
   */
  Optional<JobId> job(RequestKey key) {
    return findByIdOptional(key.key())
        .map(row -> {
          key.refuseUnless(row.digest());
          return row.job();
        });
  }

  /** Keeps that {@code job} serves the request with {@code key}, and forgets what is too old. */
  void keep(RequestKey key, JobId job, Instant now) {
    delete("keptAt < ?1", Columns.time(now.minus(RequestKey.KNOWN)));
    persist(new RequestKeyRow(key, job, now));
  }
}
