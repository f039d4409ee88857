package dev.knight.store;

import dev.knight.job.JobId;
import dev.knight.job.JobStore.Told;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The last edit of a job's status comment, as it lies in table {@code told}. */
@Entity
@Table(name = "told")
@SuppressWarnings("UnusedVariable") // queries ask for its key
class ToldRow {
  @Id
  @Column(name = "job_id")
  private long jobId;

  private long version;
  private String digest;

  @Column(name = "told_at")
  private Instant toldAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected ToldRow() {}

  ToldRow(JobId job, Told told) {
    jobId = job.value();
    version = told.version();
    digest = told.digest();
    toldAt = Columns.time(told.at());
  }

  Told toTold() {
    return new Told(version, digest, toldAt);
  }
}
