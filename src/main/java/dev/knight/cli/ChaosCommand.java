package dev.knight.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code knight chaos}. */
@Command(
    name = "chaos",
    description = {
      "Rehearse many jobs while everything is killed; count what got lost.",
      "On this machine, with no account and no key, as 'knight demo': a stand-in for"
          + " GitHub that loses answers, a scripted model, the real service, bridges and"
          + " pi, and real 'kill -9'."
    })
final class ChaosCommand implements Callable<Integer> {
  private static final int KILLS_FOR_A_JOB = 4;
  private static final int MOST = 10_000;

  private final Chaos chaos;
  private final Terminal terminal;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "4",
      description = "Mentions, or more if the kills need them (default: 4).")
  private int jobs;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "What every choice is drawn from (default: 1).")
  private long seed;

  @Option(
      names = "--kills",
      paramLabel = "K",
      description = "How often something is killed (default: 4 for each job).")
  private @Nullable Integer kills;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "30",
      description = "Kill nothing more after so long (default: 30).")
  private int minutes;

  @Option(names = "--json", description = "Print JSON.")
  private boolean asJson;

  @Option(names = "--keep", description = "Keep its directory for a look.")
  private boolean keep;

  ChaosCommand(Chaos chaos, Terminal terminal) {
    this.chaos = chaos;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    check("--jobs", jobs);
    check("--minutes", minutes);
    int wanted = kills == null ? KILLS_FOR_A_JOB * jobs : kills;
    check("--kills", wanted);
    Chaos.Order order = new Chaos.Order(jobs, seed, wanted, Duration.ofMinutes(minutes), keep);
    ChaosReport report = chaos.play(order, asJson ? terminal.err() : terminal.out());
    if (asJson) {
      terminal.out().println(new Json().pretty(report.fields()));
      terminal.out().flush();
    } else {
      ChaosTable.print(report, terminal.out());
    }
    return report.isGood() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private static void check(String option, int value) {
    if (value < 1 || value > MOST) {
      throw new IllegalArgumentException(
          "%s must be from 1 to %d, not %d".formatted(option, MOST, value));
    }
  }
}
