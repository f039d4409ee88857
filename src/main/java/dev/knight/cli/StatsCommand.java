package dev.knight.cli;

import dev.knight.api.StatsRow;
import dev.knight.api.StatsView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code knight stats}. */
@Command(
    name = "stats",
    description = "Tell what the jobs of the last days came to, and what they cost.")
final class StatsCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;
  private final Terminal terminal;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "30",
      description = "So many days, with today (default: 30).")
  private int days;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      defaultValue = "day",
      description = "day, repository, model or outcome (default: day).")
  private String by = "day";

  @Option(names = "--json", description = "Print JSON: all of it, whatever --by says.")
  private boolean asJson;

  @Mixin private Paging paging = new Paging();

  StatsCommand(KnightCommand knight, Program program, Terminal terminal) {
    this.knight = knight;
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    StatsTable.check(by);
    return program.ask(
        knight.config(),
        api -> {
          print(api.stats(days));
          return ExitCodes.DONE;
        });
  }

  private void print(StatsView stats) {
    if (asJson) {
      terminal.out().println(new Json().pretty(stats));
      terminal.out().flush();
    } else {
      paging.show(terminal, screen -> print(stats, screen));
    }
  }

  private void print(StatsView stats, Terminal screen) {
    if (screen.isPerson()) {
      sentences(stats).forEach(screen.out()::println);
      if (stats.total().jobs() == 0 && stats.total().tokens() == 0) {
        return;
      }
      screen.out().println();
    }
    StatsTable.of(stats, by).print(screen);
  }

  private static List<String> sentences(StatsView stats) {
    StatsRow total = stats.total();
    if (total.jobs() == 0 && total.tokens() == 0) {
      return List.of(
          "No jobs from %s to %s. Mention knight in an issue, or use knight enqueue."
              .formatted(stats.from(), stats.to()));
    }
    return List.of(
        "%s to %s: %s, %s, %d merged%s."
            .formatted(
                stats.from(),
                stats.to(),
                count(total.jobs(), "job"),
                count(total.pullRequests(), "pull request"),
                total.merged(),
                stats.mergeRate().map(rate -> " (" + Math.round(rate * 100) + "%)").orElse("")),
        "Cost %s%s; today %s%s."
            .formatted(
                Amounts.usd(total.costUsd()),
                stats
                    .usdPerMerged()
                    .map(usd -> ", " + Amounts.usd(usd) + " for each merged pull request")
                    .orElse(""),
                Amounts.usd(stats.todayUsd()),
                stats.perDayUsd().map(usd -> " of " + Amounts.usd(usd)).orElse("")),
        stats
            .medianWaitSeconds()
            .map(median ->
                "From a mention to its pull request: %s for half of them, %s for nine of ten."
                    .formatted(time(median), time(stats.p90WaitSeconds().orElse(median))))
            .orElse("No pull request yet in these days."));
  }

  private static String time(long seconds) {
    return Amounts.time(Duration.ofSeconds(seconds));
  }

  private static String count(long number, String what) {
    return Amounts.count(number) + " " + what + (number == 1 ? "" : "s");
  }
}
