package dev.knight.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.knight.job.FigureReading;
import dev.knight.job.JobId;
import dev.knight.job.RepositoryName;
import dev.knight.job.Spent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StatisticsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");
  private static final RepositoryName MILL = RepositoryName.parse("ada/mill");

  @Test
  void jobs_and_money_are_added_up_in_every_way() {
    StatsView stats =
        of(
            List.of(
                result(1, 1, ENGINE, "done", 60, true),
                result(2, 1, ENGINE, "done", 120, false),
                result(3, 0, MILL, "failed", 0, false)),
            List.of(
                spend(1, 1, ENGINE, "done", "small", "0.25"),
                spend(1, 1, ENGINE, "done", "large", "1.00"),
                spend(2, 0, ENGINE, "done", "small", "0.25"),
                spend(3, 0, MILL, "failed", "small", "0.50")));

    assertThat(stats.total()).isEqualTo(row("total", 3, 2, 1, "2.00", 44));
    assertThat(stats.mergeRate()).contains(0.5);
    assertThat(stats.usdPerMerged()).contains(new BigDecimal("2.000000"));
    assertThat(stats.todayUsd()).isEqualByComparingTo("0.75");
    assertThat(stats.byDay())
        .containsExactly(
            row("2026-11-20", 0, 0, 0, "0", 0),
            row("2026-11-21", 2, 2, 1, "1.25", 22),
            row("2026-11-22", 1, 0, 0, "0.75", 22));
    assertThat(stats.byRepository())
        .containsExactly(
            row("ada/engine", 2, 2, 1, "1.50", 33), row("ada/mill", 1, 0, 0, "0.50", 11));
    assertThat(stats.byModel())
        .containsExactly(row("small", 3, 2, 1, "1.00", 33), row("large", 1, 1, 1, "1.00", 11));
    assertThat(stats.byOutcome())
        .containsExactly(row("done", 2, 2, 1, "1.50", 33), row("failed", 1, 0, 0, "0.50", 11));
  }

  @Test
  void of_the_waits_half_and_nine_of_ten_are_told() {
    StatsView stats =
        of(
            List.of(
                result(1, 0, ENGINE, "done", 10, false),
                result(2, 0, ENGINE, "done", 20, false),
                result(3, 0, ENGINE, "done", 30, false),
                result(4, 0, ENGINE, "done", 400, false)),
            List.of());

    assertThat(stats.medianWaitSeconds()).contains(20L);
    assertThat(stats.p90WaitSeconds()).contains(400L);
  }

  @Test
  void of_nothing_there_are_no_rates() {
    StatsView stats = of(List.of(), List.of());

    assertThat(stats.total()).isEqualTo(row("total", 0, 0, 0, "0", 0));
    assertThat(stats.mergeRate()).isEmpty();
    assertThat(stats.usdPerMerged()).isEmpty();
    assertThat(stats.medianWaitSeconds()).isEmpty();
    assertThat(stats.byDay()).hasSize(3);
    assertThat(stats.byModel()).isEmpty();
  }

  @Test
  void so_many_days_have_no_figures() {
    Statistics statistics = new Statistics(new Kept(List.of(), List.of()), Optional.empty());

    assertThatIllegalArgumentException().isThrownBy(() -> statistics.of(0, NOW));
    assertThatIllegalArgumentException().isThrownBy(() -> statistics.of(367, NOW));
  }

  private static StatsView of(List<FigureReading.Result> results, List<FigureReading.Spend> spend) {
    return new Statistics(new Kept(results, spend), Optional.of(BigDecimal.TEN)).of(3, NOW);
  }

  private static FigureReading.Result result(
      long job, int daysAgo, RepositoryName repository, String state, long wait, boolean merged) {
    return new FigureReading.Result(
        new JobId(job),
        NOW.minus(Duration.ofDays(daysAgo)),
        repository,
        state,
        wait > 0,
        Optional.of(Duration.ofSeconds(wait)).filter(Duration::isPositive),
        merged);
  }

  private static FigureReading.Spend spend(
      long job, int daysAgo, RepositoryName repository, String state, String model, String usd) {
    return new FigureReading.Spend(
        new JobId(job),
        TODAY.minusDays(daysAgo),
        repository,
        state,
        model,
        new Spent(10, 1, new BigDecimal(usd)));
  }

  private static StatsRow row(
      String name, long jobs, long pullRequests, long merged, String usd, long tokens) {
    return new StatsRow(name, jobs, pullRequests, merged, new BigDecimal(usd), tokens);
  }

  /** A store that has just that. */
  private record Kept(List<Result> results, List<Spend> spend) implements FigureReading {
    @Override
    public List<Result> results(Instant since) {
      assertThat(since).isEqualTo(Instant.parse("2026-11-20T00:00:00Z"));
      return results;
    }

    @Override
    public List<Spend> spend(LocalDate since) {
      assertThat(since).isEqualTo(LocalDate.of(2026, 11, 20));
      return spend;
    }
  }
}
