package dev.knight.store;

import dev.knight.hygiene.Redactor;
import dev.knight.job.Event;
import dev.knight.job.JobId;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Table {@code event}, whose rows never change. */
@Singleton
final class EventRows {
  private final Sql sql;
  private final Redactor redactor;

  EventRows(Sql sql, Redactor redactor) {
    this.sql = sql;
    this.redactor = redactor;
  }

  void tell(List<Event> events) {
    for (Event event : events) {
      sql.add(
          "event",
          Cells.of("job_id", event.job())
              .and("happened_at", event.at())
              .and("kind", event.kind())
              .and("text", Columns.text(redactor.text(event.text()), Columns.EVENT)));
      sql.touched(event.job());
    }
  }

  void tell(JobId job, Instant at, String kind, String text) {
    tell(List.of(Event.of(job, at, kind, text)));
  }

  List<Event> after(JobId job, long sequence) {
    return sql.list(
        EventRows::read,
        "select * from event where job_id = ? and id > ? order by id",
        job,
        sequence);
  }

  List<Event> after(long sequence, int most) {
    return sql.list(
        EventRows::read,
        "select * from event where id > ? order by id fetch first ? rows only",
        sequence,
        most);
  }

  long last() {
    return sql.number("select coalesce(max(id), 0) from event");
  }

  private static Event read(Row row) throws SQLException {
    return new Event(
        row.number("id"),
        new JobId(row.number("job_id")),
        row.time("happened_at"),
        row.text("kind"),
        row.text("text"));
  }
}
