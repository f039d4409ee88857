package dev.knight.job;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What of one day's money is set aside for one job while it runs, and what the job has used of it.
 * The day is that of UTC.
 *
 * @param day whose money it is
 * @param reserved how much of it the job may use
 * @param before what the job had cost when the day began for it
 * @param used what it has cost on this day
 * @param open whether the job runs: otherwise only what it used counts
 */
public record Reservation(
    LocalDate day, BigDecimal reserved, BigDecimal before, BigDecimal used, boolean open) {

  /** The day of {@code time}. */
  public static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  /** The rest of {@code most} for {@code job}, on {@code day}. */
  public static Reservation of(Job job, BigDecimal most, LocalDate day) {
    BigDecimal cost = job.spent().counted();
    BigDecimal rest = most.subtract(job.used().counted()).max(BigDecimal.ZERO);
    return new Reservation(day, rest, cost, BigDecimal.ZERO, true);
  }

  /** The same day's for a job that comes back to it: what it used stays used. */
  public Reservation again(Job job, BigDecimal most) {
    BigDecimal rest = most.subtract(job.used().counted()).max(BigDecimal.ZERO);
    return new Reservation(day, used.add(rest), before, used, true);
  }

  /** How much of the day's money nobody else may use. */
  public BigDecimal held() {
    return open ? reserved.max(used) : used;
  }

  /** As it is once {@code job} was written: settled, and closed when it does not run. */
  public Reservation after(Job job) {
    BigDecimal cost = job.spent().counted().subtract(before).max(used);
    return new Reservation(day, reserved, before, cost, job.state() instanceof JobState.Running);
  }

  /** It is over: the day has turned, or the job ended. */
  public Reservation closed() {
    return new Reservation(day, reserved, before, used, false);
  }

  /** What is left of it, on the day that came while the job ran. */
  public Reservation on(LocalDate next) {
    BigDecimal left = reserved.subtract(used).max(BigDecimal.ZERO);
    return new Reservation(next, left, before.add(used), BigDecimal.ZERO, true);
  }
}
