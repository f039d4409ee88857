package dev.knight.store;

import dev.knight.hygiene.Redactor;
import dev.knight.job.Event;
import dev.knight.job.JobId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** Table {@code event}. */
@Singleton
final class EventRows implements PanacheRepositoryBase<EventRow, Long> {
  private final Redactor redactor;

  EventRows(Redactor redactor) {
    this.redactor = redactor;
  }

  void tell(List<Event> events) {
    events.forEach(event -> persist(new EventRow(event, redactor)));
  }

  void tell(JobId job, Instant at, String kind, String text) {
    tell(List.of(Event.of(job, at, kind, text)));
  }

  List<EventRow> after(JobId job, long sequence) {
    return list("jobId = ?1 and id > ?2 order by id", job.value(), sequence);
  }

  List<EventRow> after(long sequence, int most) {
    return find("id > ?1 order by id", sequence).page(0, most).list();
  }

  long last() {
    return find("order by id desc").firstResultOptional().map(EventRow::id).orElse(0L);
  }
}
