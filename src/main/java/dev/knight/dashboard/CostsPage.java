package dev.knight.dashboard;

import dev.knight.api.Statistics;
import dev.knight.api.StatsRow;
import dev.knight.api.StatsView;
import dev.knight.dashboard.BarPlot.Day;
import dev.knight.dashboard.CostsView.Group;
import dev.knight.dashboard.CostsView.Range;
import dev.knight.dashboard.CostsView.Row;
import dev.knight.dashboard.CostsView.Tile;
import dev.knight.hygiene.PlainText;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /costs}: what jobs came to, and what they cost. */
@Singleton
@Path(CostsPage.PATH)
final class CostsPage {
  static final String PATH = "/costs";

  private static final List<Integer> RANGES = List.of(7, 30, 90, 365);
  private static final int MINUTE = 60;

  private final Pages pages;
  private final Statistics statistics;
  private final InstantSource clock;

  CostsPage(Pages pages, Statistics statistics, InstantSource clock) {
    this.pages = pages;
    this.statistics = statistics;
    this.clock = clock;
  }

  /** An address with an odd number of days shows the usual ones. */
  @GET
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public String show(@QueryParam("days") @DefaultValue("30") String days) {
    int asked =
        RANGES.stream().filter(it -> days.equals(Integer.toString(it))).findFirst().orElse(30);
    return Templates.costs(
            pages.frame(Section.COSTS, "Costs", "", null),
            view(statistics.of(asked, clock.instant())))
        .render();
  }

  static CostsView view(StatsView stats) {
    boolean isPriced = stats.total().costUsd().signum() > 0 || stats.total().tokens() == 0;
    ToDoubleFunction<StatsRow> measure =
        isPriced ? row -> row.costUsd().doubleValue() : StatsRow::tokens;
    BarPlot plot =
        BarPlot.of(
            stats.byDay().stream()
                .map(row -> new Day(row.name(), measure.applyAsDouble(row), words(row)))
                .toList(),
            figure -> isPriced ? money(BigDecimal.valueOf(figure)) : compact(figure));
    return new CostsView(
        "%s to %s, by days of UTC".formatted(stats.from(), stats.to()),
        RANGES.stream()
            .map(it -> new Range(it, it == 365 ? "1 year" : it + " days", it == stats.days()))
            .toList(),
        tiles(stats),
        isPriced,
        plot,
        summary(stats, measure),
        rows(stats.byDay().reversed().stream().filter(CostsPage::isSomething).toList(), measure),
        List.of(
            new Group(
                "repositories", "By repository", "Repository", rows(stats.byRepository(), measure)),
            new Group("models", "By model", "Model", rows(stats.byModel(), measure)),
            new Group("outcomes", "By outcome", "State", rows(stats.byOutcome(), measure))));
  }

  private static boolean isSomething(StatsRow row) {
    return row.jobs() > 0 || row.tokens() > 0;
  }

  private static List<Tile> tiles(StatsView stats) {
    StatsRow total = stats.total();
    List<Tile> tiles = new ArrayList<>();
    tiles.add(
        new Tile(
            "Spent today",
            money(stats.todayUsd()),
            stats.perDayUsd().map(most -> "of " + money(most)).orElse("no limit is set"),
            stats.perDayUsd().map(most -> percent(stats.todayUsd(), most)).orElse(-1)));
    tiles.add(
        new Tile(
            "Spent in these days",
            money(total.costUsd()),
            "%s tokens, %s %s"
                .formatted(
                    count(total.tokens()), count(total.jobs()), total.jobs() == 1 ? "job" : "jobs"),
            -1));
    tiles.add(
        new Tile(
            "For each merged pull request",
            stats.usdPerMerged().map(CostsPage::money).orElse("–"),
            "all costs of these days, whatever they led to",
            -1));
    tiles.add(
        new Tile(
            "Merged",
            stats.mergeRate().map(rate -> Math.round(rate * 100) + "%").orElse("–"),
            "%s of %s pull requests".formatted(count(total.merged()), count(total.pullRequests())),
            -1));
    tiles.add(
        new Tile(
            "From a mention to its pull request",
            wait(stats.medianWaitSeconds()),
            stats
                .p90WaitSeconds()
                .map(
                    p90 -> "for half of them; %s for nine of ten".formatted(wait(Optional.of(p90))))
                .orElse("no pull request yet"),
            -1));
    return tiles;
  }

  private static String summary(StatsView stats, ToDoubleFunction<StatsRow> measure) {
    Optional<StatsRow> most =
        stats.byDay().stream()
            .filter(row -> measure.applyAsDouble(row) > 0)
            .reduce((one, other) ->
                measure.applyAsDouble(other) > measure.applyAsDouble(one) ? other : one);
    return most.map(row -> "The most was on " + words(row) + ".")
        .orElse("Nothing was spent in these days.");
  }

  private static String words(StatsRow row) {
    return "%s: %s, %s tokens, %s %s"
        .formatted(
            row.name(),
            money(row.costUsd()),
            count(row.tokens()),
            count(row.jobs()),
            row.jobs() == 1 ? "job" : "jobs");
  }

  private static List<Row> rows(List<StatsRow> rows, ToDoubleFunction<StatsRow> measure) {
    double most = rows.stream().mapToDouble(measure).max().orElse(0);
    return rows.stream()
        .map(row ->
            new Row(
                PlainText.line(row.name()),
                count(row.jobs()),
                count(row.pullRequests()),
                count(row.merged()),
                money(row.costUsd()),
                count(row.tokens()),
                String.format(
                    Locale.ROOT, "%.1f", most > 0 ? measure.applyAsDouble(row) / most * 100 : 0.0)))
        .toList();
  }

  private static int percent(BigDecimal sum, BigDecimal most) {
    return most.signum() <= 0
        ? 100
        : Math.min(100, (int) Math.round(sum.doubleValue() / most.doubleValue() * 100));
  }

  private static String money(BigDecimal usd) {
    BigDecimal cents = usd.setScale(2, RoundingMode.HALF_UP);
    return cents.signum() == 0 && usd.signum() > 0
        ? "<$0.01"
        : "$" + String.format(Locale.ROOT, "%,.2f", cents);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 20k}, {@code 1.5M}: as a label of a plot. */
  private static String compact(double number) {
    if (number >= 1_000_000) {
      return String.format(Locale.ROOT, "%.1fM", number / 1_000_000);
    }
    return number >= 1_000
        ? String.format(Locale.ROOT, "%.0fk", number / 1_000)
        : String.format(Locale.ROOT, "%.0f", number);
  }

  private static String wait(Optional<Long> seconds) {
    if (seconds.isEmpty()) {
      return "–";
    }
    Duration time = Duration.ofSeconds(seconds.get());
    if (time.toSeconds() < MINUTE) {
      return time.toSeconds() + " s";
    }
    return time.toHours() == 0
        ? time.toMinutes() + " min"
        : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
  }
}
