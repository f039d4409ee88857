package dev.knight.store;

import dev.knight.job.JobId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * The number of the newest job, as it lies in the one row of table {@code job_number}. It is
 * written with the job, so that no crash leaves a hole in the numbers that people read; a sequence
 * without holes would be written to the file by itself each time.
 */
@Entity
@Table(name = "job_number")
class JobNumberRow {
  static final long ID = 1;

  @SuppressWarnings("UnusedVariable") // JobRows asks for it
  @Id
  private long id;

  private long newest;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected JobNumberRow() {}

  /** The number for one more job. */
  JobId next() {
    newest++;
    return new JobId(newest);
  }
}
