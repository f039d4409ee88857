package dev.knight.store;

import dev.knight.job.Job;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One worker's time with a job: from its claim to its end, or until another claim took over. */
@Entity
@Table(name = "attempt")
@SuppressWarnings("UnusedVariable") // written for people, and changed by AttemptRows
class AttemptRow {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "attempt_seq")
  @SequenceGenerator(name = "attempt_seq", sequenceName = "attempt_seq", allocationSize = 1)
  private long id;

  @Column(name = "job_id")
  private long jobId;

  @Column(name = "attempt_number")
  private int number;

  private long token;
  private String owner;

  @Column(name = "started_at")
  private Instant startedAt;

  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  private @Nullable String outcome;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected AttemptRow() {}

  AttemptRow(Job job, String owner) {
    this.jobId = job.id().value();
    this.number = job.attempt();
    this.token = job.token();
    this.owner = owner;
    this.startedAt = Columns.time(job.updatedAt());
  }
}
