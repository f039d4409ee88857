package dev.knight.store;

import dev.knight.hygiene.Redactor;
import dev.knight.job.Event;
import dev.knight.job.JobId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** An event as it lies in table {@code event}; never changed. */
@Entity
@EntityListeners(Touched.class)
@Table(name = "event")
class EventRow {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "event_seq")
  @SequenceGenerator(name = "event_seq", sequenceName = "event_seq", allocationSize = 1)
  private long id;

  @Column(name = "job_id")
  private long jobId;

  @Column(name = "happened_at")
  private Instant happenedAt;

  private String kind;
  private String text;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected EventRow() {}

  EventRow(Event event, Redactor redactor) {
    jobId = event.job().value();
    happenedAt = Columns.time(event.at());
    kind = event.kind();
    text = Columns.text(redactor.text(event.text()), Columns.EVENT);
  }

  long id() {
    return id;
  }

  JobId job() {
    return new JobId(jobId);
  }

  Event toEvent() {
    return new Event(id, new JobId(jobId), happenedAt, kind, text);
  }
}
