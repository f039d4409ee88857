package dev.knight.api;

import dev.knight.job.FigureReading;
import dev.knight.job.FigureReading.Result;
import dev.knight.job.FigureReading.Spend;
import dev.knight.job.JobId;
import dev.knight.job.Reservation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes figures of what jobs came to and cost. */
public final class Statistics {
  private static final int CENTS = 6;

  private final FigureReading store;
  private final Optional<BigDecimal> perDay;

  /**
   * Figures of {@code store}.
   *
   * @param perDay what may be spent on a day, if that is limited
   */
  public Statistics(FigureReading store, Optional<BigDecimal> perDay) {
    this.store = store;
    this.perDay = perDay;
  }

  /**
   * The figures of the last {@code days}, with the day of {@code now}.
   *
   * @throws IllegalArgumentException unless it is from 1 to {@link StatsView#MOST_DAYS}
   */
  public StatsView of(int days, Instant now) {
    if (days < 1 || days > StatsView.MOST_DAYS) {
      throw new IllegalArgumentException("days must be from 1 to " + StatsView.MOST_DAYS);
    }
    LocalDate today = Reservation.day(now);
    LocalDate from = today.minusDays(days - 1L);
    List<Result> results = store.results(from.atStartOfDay().toInstant(ZoneOffset.UTC));
    List<Spend> spend = store.spend(from);
    Tally total = new Tally();
    results.forEach(total::add);
    spend.forEach(total::add);
    StatsRow all = total.row("total");
    List<Long> waits =
        results.stream()
            .flatMap(result -> result.delay().stream())
            .map(wait -> wait.toSeconds())
            .sorted()
            .toList();
    return new StatsView(
        days,
        from,
        today,
        all,
        rate(all.merged(), all.pullRequests()),
        share(all.costUsd(), all.merged()),
        quantile(waits, 0.5),
        quantile(waits, 0.9),
        spent(spend, today),
        perDay,
        byDay(from, today, results, spend),
        grouped(results, spend, it -> it.repository().toString(), it -> it.repository().toString()),
        byModel(results, spend),
        grouped(results, spend, Result::state, Spend::state));
  }

  private static List<StatsRow> byDay(
      LocalDate from, LocalDate to, List<Result> results, List<Spend> spend) {
    Map<String, Tally> rows = new LinkedHashMap<>();
    from.datesUntil(to.plusDays(1)).forEach(day -> rows.put(day.toString(), new Tally()));
    results.forEach(it -> at(rows, Reservation.day(it.createdAt()).toString()).add(it));
    spend.forEach(it -> at(rows, it.day().toString()).add(it));
    return rows.entrySet().stream().map(row -> row.getValue().row(row.getKey())).toList();
  }

  private static List<StatsRow> grouped(
      List<Result> results,
      List<Spend> spend,
      Function<Result, String> ofResult,
      Function<Spend, String> ofSpend) {
    Map<String, Tally> rows = new LinkedHashMap<>();
    results.forEach(it -> at(rows, ofResult.apply(it)).add(it));
    spend.forEach(it -> at(rows, ofSpend.apply(it)).add(it));
    return sorted(rows);
  }

  /** A job is of each model that it asked. */
  private static List<StatsRow> byModel(List<Result> results, List<Spend> spend) {
    Map<JobId, Result> jobs = new HashMap<>();
    results.forEach(it -> jobs.put(it.job(), it));
    Map<String, Tally> rows = new LinkedHashMap<>();
    for (Spend it : spend) {
      Tally tally = at(rows, it.model());
      tally.add(it);
      Stream.ofNullable(jobs.get(it.job())).forEach(tally::add);
    }
    return sorted(rows);
  }

  private static Tally at(Map<String, Tally> rows, String name) {
    return rows.computeIfAbsent(name, _ -> new Tally());
  }

  private static List<StatsRow> sorted(Map<String, Tally> rows) {
    return rows.entrySet().stream()
        .map(row -> row.getValue().row(row.getKey()))
        .sorted(
            Comparator.comparing(StatsRow::costUsd)
                .thenComparingLong(StatsRow::jobs)
                .reversed()
                .thenComparing(StatsRow::name))
        .toList();
  }

  private static BigDecimal spent(List<Spend> spend, LocalDate day) {
    return spend.stream()
        .filter(it -> it.day().equals(day))
        .map(it -> it.spent().usd())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Optional<Double> rate(long some, long all) {
    return all == 0 ? Optional.empty() : Optional.of((double) some / all);
  }

  private static Optional<BigDecimal> share(BigDecimal sum, long parts) {
    return parts == 0
        ? Optional.empty()
        : Optional.of(
            sum.divide(BigDecimal.valueOf(parts), MathContext.DECIMAL64)
                .setScale(CENTS, RoundingMode.HALF_UP));
  }

  /** The value that is not exceeded by {@code part} of them: one that is really there. */
  private static Optional<Long> quantile(List<Long> sorted, double part) {
    return sorted.isEmpty()
        ? Optional.empty()
        : Optional.of(sorted.get((int) Math.ceil(part * sorted.size()) - 1));
  }

  /** What is added up. */
  private static final class Tally {
    private final Set<JobId> jobs = new HashSet<>();
    private long pullRequests;
    private long merged;
    private BigDecimal usd = BigDecimal.ZERO;
    private long tokens;

    void add(Result result) {
      if (jobs.add(result.job())) {
        pullRequests += result.isPublished() ? 1 : 0;
        merged += result.isMerged() ? 1 : 0;
      }
    }

    void add(Spend spend) {
      usd = usd.add(spend.spent().usd());
      tokens += spend.spent().inputTokens() + spend.spent().outputTokens();
    }

    StatsRow row(String name) {
      return new StatsRow(name, jobs.size(), pullRequests, merged, usd, tokens);
    }
  }
}
