package dev.knight.api;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What the jobs of some days came to and cost; the days are those of UTC. A job is of the day on
 * which it was accepted, and money of the day on which it was spent. Every day has its row; of the
 * other rows those with the highest cost come first.
 *
 * @param days how many days
 * @param from the first of them
 * @param to today
 * @param total all of it
 * @param mergeRate which part of the pull requests people have merged; empty where there are none
 * @param usdPerMerged what was spent for each of those; empty where there are none
 * @param medianWaitSeconds from a mention to its pull request, for half of them
 * @param p90WaitSeconds the same for nine of ten
 * @param todayUsd what was spent today
 * @param perDayUsd what may be spent on a day, if that is limited
 */
public record StatsView(
    int days,
    LocalDate from,
    LocalDate to,
    StatsRow total,
    Optional<Double> mergeRate,
    Optional<BigDecimal> usdPerMerged,
    Optional<Long> medianWaitSeconds,
    Optional<Long> p90WaitSeconds,
    BigDecimal todayUsd,
    Optional<BigDecimal> perDayUsd,
    List<StatsRow> byDay,
    List<StatsRow> byRepository,
    List<StatsRow> byModel,
    List<StatsRow> byOutcome) {
  /** So many days can be asked for. */
  public static final int MOST_DAYS = 366;

  /** Keeps its own copies. */
  public StatsView {
    byDay = List.copyOf(byDay);
    byRepository = List.copyOf(byRepository);
    byModel = List.copyOf(byModel);
    byOutcome = List.copyOf(byOutcome);
  }
}
