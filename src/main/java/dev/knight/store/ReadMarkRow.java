package dev.knight.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** How far somebody has read the stories of all jobs, as it lies in table {@code read_mark}. */
@Entity
@Table(name = "read_mark")
class ReadMarkRow {
  @SuppressWarnings("UnusedVariable") // queries ask for it
  @Id
  private String reader;

  @Column(name = "event_id")
  private long eventId;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected ReadMarkRow() {}

  ReadMarkRow(String reader, long event) {
    this.reader = reader;
    this.eventId = event;
  }

  long event() {
    return eventId;
  }
}
