package dev.knight.store;

import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.Reservation;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Table {@code reservation}. */
@Singleton
final class ReservationRows implements PanacheRepositoryBase<ReservationRow, Long> {

  /** Sets aside what {@code job} may still cost, if the day has so much left. */
  boolean reserve(Job job, BigDecimal most, BigDecimal perDay, LocalDate day) {
    List<ReservationRow> all = list("day", day);
    Optional<ReservationRow> own = of(job.id(), day);
    Reservation wanted =
        own.map(row -> row.toReservation().again(job, most))
            .orElseGet(() -> Reservation.of(job, most, day));
    BigDecimal others =
        all.stream()
            .filter(row -> !row.isOf(job.id()))
            .map(row -> row.toReservation().held())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    if (others.add(wanted.held()).compareTo(perDay) > 0) {
      return false;
    }
    keep(job.id(), own, wanted);
    return true;
  }

  /** Settles what {@code job} has cost, which was just written. */
  void settle(Job job) {
    Optional<ReservationRow> row =
        find("jobId = ?1 and open = true", job.id().value()).firstResultOptional();
    if (row.isEmpty()) {
      return;
    }
    LocalDate day = Reservation.day(job.updatedAt());
    Reservation before = row.get().toReservation();
    if (before.day().isBefore(day)) {
      row.get().become(before.closed());
      keep(job.id(), of(job.id(), day), before.on(day).after(job));
    } else {
      row.get().become(before.after(job));
    }
  }

  private Optional<ReservationRow> of(JobId job, LocalDate day) {
    return find("jobId = ?1 and day = ?2", job.value(), day).firstResultOptional();
  }

  private void keep(JobId job, Optional<ReservationRow> row, Reservation reservation) {
    if (row.isPresent()) {
      row.get().become(reservation);
    } else {
      persist(new ReservationRow(job, reservation));
    }
  }
}
