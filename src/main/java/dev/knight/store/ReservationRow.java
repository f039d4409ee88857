package dev.knight.store;

import dev.knight.job.JobId;
import dev.knight.job.Reservation;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/** What is set aside of one day for one job. */
@Entity
@Table(name = "reservation")
class ReservationRow {
  private static final int USD_DECIMALS = 9;

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "reservation_seq")
  @SequenceGenerator(name = "reservation_seq", sequenceName = "reservation_seq", allocationSize = 1)
  private long id;

  @Column(name = "job_id")
  private long jobId;

  @Column(name = "reserved_on")
  private LocalDate day;

  private BigDecimal reserved;

  @Column(name = "cost_before")
  private BigDecimal before;

  private BigDecimal used;

  @Column(name = "is_open")
  private boolean open;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected ReservationRow() {}

  @SuppressWarnings("NullAway.Init") // become sets the other half
  ReservationRow(JobId job, Reservation reservation) {
    jobId = job.value();
    become(reservation);
  }

  /** Takes over what can change. */
  void become(Reservation reservation) {
    day = reservation.day();
    reserved = money(reservation.reserved());
    before = money(reservation.before());
    used = money(reservation.used());
    open = reservation.open();
  }

  boolean isOf(JobId job) {
    return jobId == job.value();
  }

  Reservation toReservation() {
    return new Reservation(day, reserved, before, used, open);
  }

  private static BigDecimal money(BigDecimal sum) {
    return sum.setScale(USD_DECIMALS, RoundingMode.HALF_UP);
  }
}
