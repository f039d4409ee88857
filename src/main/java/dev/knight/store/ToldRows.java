package dev.knight.store;

import dev.knight.job.JobId;
import dev.knight.job.JobStore.Told;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Table {@code told}: the last edit of each job's status comment. */
@Singleton
final class ToldRows {
  private final Sql sql;

  ToldRows(Sql sql) {
    this.sql = sql;
  }

  Optional<Told> last(JobId job) {
    return sql.first(
        row -> new Told(row.number("version"), row.text("digest"), row.time("told_at")),
        "select * from told where job_id = ?",
        job);
  }

  void told(JobId job, Told told) {
    sql.put(
        "told",
        Cells.of("job_id", job),
        Cells.of("version", told.version()).and("digest", told.digest()).and("told_at", told.at()));
  }
}
