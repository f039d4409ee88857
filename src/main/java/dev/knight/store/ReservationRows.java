package dev.knight.store;

import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.Reservation;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Table {@code reservation}. */
@Singleton
final class ReservationRows {
  private final Sql sql;

  ReservationRows(Sql sql) {
    this.sql = sql;
  }

  /** Sets aside what {@code job} may still cost, if the day has so much left. */
  boolean reserve(Job job, BigDecimal most, BigDecimal perDay, LocalDate day) {
    Reservation wanted =
        list("job_id = ? and reserved_on = ?", job.id(), day).stream()
            .findFirst()
            .map(own -> own.again(job, most))
            .orElseGet(() -> Reservation.of(job, most, day));
    BigDecimal others =
        list("job_id <> ? and reserved_on = ?", job.id(), day).stream()
            .map(Reservation::held)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    if (others.add(wanted.held()).compareTo(perDay) > 0) {
      return false;
    }
    keep(job.id(), wanted);
    return true;
  }

  /** Settles what {@code job} has cost, which was just written. */
  void settle(Job job) {
    Optional<Reservation> open =
        list("job_id = ? and is_open = true", job.id()).stream().findFirst();
    if (open.isEmpty()) {
      return;
    }
    LocalDate day = Reservation.day(job.updatedAt());
    Reservation before = open.get();
    if (before.day().isBefore(day)) {
      keep(job.id(), before.closed());
      keep(job.id(), before.on(day).after(job));
    } else {
      keep(job.id(), before.after(job));
    }
  }

  /** In place of what {@code job} has of that day. */
  private void keep(JobId job, Reservation reservation) {
    Cells cells =
        Cells.of("reserved", reservation.reserved())
            .and("cost_before", reservation.before())
            .and("used", reservation.used())
            .and("is_open", reservation.open());
    if (sql.update("reservation", cells, "job_id = ? and reserved_on = ?", job, reservation.day())
        == 0) {
      sql.add("reservation", cells.and("job_id", job).and("reserved_on", reservation.day()));
    }
  }

  private List<Reservation> list(String condition, Object... values) {
    return sql.list(
        ReservationRows::read,
        "select * from reservation where " + condition + " order by id",
        values);
  }

  private static Reservation read(Row row) throws SQLException {
    return new Reservation(
        row.day("reserved_on"),
        row.money("reserved"),
        row.money("cost_before"),
        row.money("used"),
        row.flag("is_open"));
  }
}
