package dev.knight.store;

import jakarta.inject.Singleton;
import java.util.OptionalLong;

/** Table {@code read_mark}: how far somebody has read the stories of all jobs. */
@Singleton
final class ReadMarkRows {
  private final Sql sql;

  ReadMarkRows(Sql sql) {
    this.sql = sql;
  }

  OptionalLong of(String reader) {
    return sql.first(
            row -> row.maybeNumber("event_id"),
            "select event_id from read_mark where reader = ?",
            reader)
        .orElseGet(OptionalLong::empty);
  }

  void move(String reader, long event) {
    sql.put("read_mark", Cells.of("reader", reader), Cells.of("event_id", event));
  }
}
