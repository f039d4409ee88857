package dev.knight.cli;

import dev.knight.api.StatsRow;
import dev.knight.api.StatsView;
import dev.knight.cli.Table.Cell;
import dev.knight.cli.Table.Column;
import dev.knight.cli.Table.Cut;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Figures, row by row, each with a bar for what it cost, or for its jobs where nothing cost. */
final class StatsTable {
  private static final int LONGEST_BAR = 20;
  private static final List<String> KINDS = List.of("day", "repository", "model", "outcome");

  private StatsTable() {}

  /** Throws unless rows can be made so. */
  static void check(String by) {
    if (!KINDS.contains(by)) {
      throw new IllegalArgumentException(
          "--by is one of day, repository, model and outcome, and not '%s'".formatted(by));
    }
  }

  /** The rows of {@code stats} for each {@code by}; a day on which nothing was is left out. */
  static Table of(StatsView stats, String by) {
    List<StatsRow> rows =
        switch (by) {
          case "repository" -> stats.byRepository();
          case "model" -> stats.byModel();
          case "outcome" -> stats.byOutcome();
          default -> stats.byDay().stream().filter(row -> row.jobs() + row.tokens() > 0).toList();
        };
    boolean isFree = rows.stream().allMatch(row -> row.costUsd().signum() == 0);
    ToDoubleFunction<StatsRow> measure =
        isFree ? StatsRow::jobs : row -> row.costUsd().doubleValue();
    double most = rows.stream().mapToDouble(measure).max().orElse(0);
    Table table =
        new Table(
            Column.of(by.toUpperCase(Locale.ROOT)).cut(Cut.START),
            Column.of("JOBS").right(),
            Column.of("PRS").right().goes(3),
            Column.of("MERGED").right().goes(2),
            Column.of("COST").right(),
            Column.of("TOKENS").right().goes(4),
            Column.of("").goes(5));
    rows.forEach(row ->
        table.row(
            Cell.of(row.name()),
            number(row.jobs()),
            number(row.pullRequests()),
            number(row.merged()),
            Cell.of(Amounts.usd(row.costUsd()), plain(row.costUsd())),
            number(row.tokens()),
            bar(most == 0 ? 0 : measure.applyAsDouble(row) / most)));
    return table;
  }

  private static Cell number(long number) {
    return Cell.of(Amounts.count(number), Long.toString(number));
  }

  private static String plain(BigDecimal usd) {
    return usd.stripTrailingZeros().toPlainString();
  }

  /** What is not nothing is seen. */
  private static Cell bar(double share) {
    int blocks = (int) Math.ceil(share * LONGEST_BAR);
    return Cell.of("█".repeat(blocks), String.format(Locale.ROOT, "%.2f", share)).in(Tone.BUSY);
  }
}
