package dev.knight.store;

import dev.knight.job.JobId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** When people merged what a job had made, as it lies in table {@code merged}. */
@Entity
@Table(name = "merged")
@SuppressWarnings("UnusedVariable") // queries ask for it
class MergedRow {
  @Id
  @Column(name = "job_id")
  private long jobId;

  @Column(name = "merged_at")
  private Instant mergedAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected MergedRow() {}

  MergedRow(JobId job, Instant at) {
    jobId = job.value();
    mergedAt = Columns.time(at);
  }
}
