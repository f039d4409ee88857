package dev.knight.store;

import dev.knight.job.JobId;
import dev.knight.job.RequestKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A request by hand that was kept, as it lies in table {@code request_key}. */
@Entity
@Table(name = "request_key")
class RequestKeyRow {
  @SuppressWarnings("UnusedVariable") // queries ask for it
  @Id
  @Column(name = "chosen_key")
  private String key;

  private String digest;

  @Column(name = "job_id")
  private long jobId;

  @SuppressWarnings("UnusedVariable") // as above
  @Column(name = "kept_at")
  private Instant keptAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected RequestKeyRow() {}

  RequestKeyRow(RequestKey key, JobId job, Instant now) {
    this.key = key.key();
    this.digest = key.digest();
    this.jobId = job.value();
    this.keptAt = Columns.time(now);
  }

  String digest() {
    return digest;
  }

  JobId job() {
    return new JobId(jobId);
  }
}
