package dev.knight.worker;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * How much is done at a time.
 *
 * @param workers jobs at a time
 * @param perRepository jobs of one repository at a time
 * @param owner this service's name in leases: host, process and start in one word
 * @param dayLimit what all jobs together may cost on one day, if that is limited
 */
public record WorkerSettings(
    int workers, int perRepository, String owner, Optional<DayLimit> dayLimit) {

  /** The day is not limited. */
  public WorkerSettings(int workers, int perRepository, String owner) {
    this(workers, perRepository, owner, Optional.empty());
  }

  /**
   * Money for one day of UTC, in US dollars.
   *
   * @param perJob what is set aside for a job; at most {@code perDay}
   * @param perDay for all of them
   */
  public record DayLimit(BigDecimal perJob, BigDecimal perDay) {}
}
