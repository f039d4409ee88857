package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import dev.knight.api.EffectView;
import dev.knight.api.EventView;
import dev.knight.api.JobDetails;
import dev.knight.api.SetbacksView;
import dev.knight.api.UsedView;
import dev.knight.hygiene.PlainText;
import dev.knight.job.JobId;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code knight show}. */
@Command(name = "show", description = "Tell the story of a job.")
final class ShowCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "JOB", description = "The job's number.")
  private @Nullable JobId job;

  @Option(names = "--json", description = "Print JSON.")
  private boolean asJson;

  ShowCommand(KnightCommand knight, Program program, Terminal terminal) {
    this.knight = knight;
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    long number = requireNonNull(job).value();
    return program.ask(
        knight.config(),
        api -> {
          JobDetails details = api.show(number);
          if (asJson) {
            terminal.out().println(new Json().pretty(details));
          } else {
            print(details);
          }
          return ExitCodes.DONE;
        });
  }

  private void print(JobDetails job) {
    line(
        "Job %d  %s#%d  %s%s, try %d"
            .formatted(
                job.id(),
                job.repository(),
                job.number(),
                job.state(),
                job.step().map(step -> " (" + step + ")").orElse(""),
                job.attempt()));
    line(
        "Asked by %s on %s; cost so far %s USD"
            .formatted(
                job.requester(), Amounts.minute(job.createdAt()), job.costUsd().toPlainString()));
    line(used(job.used()));
    job.pullRequest().ifPresent(page -> line("Pull request " + page));
    setbacks(job.setbacks()).ifPresent(this::line);
    terminal.out().println();
    job.events().forEach(this::print);
    if (!job.effects().isEmpty()) {
      terminal.out().println();
      line("Written to GitHub:");
      job.effects().forEach(this::print);
    }
  }

  private static String used(UsedView used) {
    return String.format(
        Locale.ROOT,
        "At work for %s of %s; %,d tokens; may cost %s USD",
        minutes(used.workedSeconds()),
        minutes(used.mostSeconds()),
        used.tokens(),
        used.mostUsd().toPlainString());
  }

  private static String minutes(long seconds) {
    return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
  }

  private static Optional<String> setbacks(SetbacksView setbacks) {
    String counts =
        Stream.of(
                count(setbacks.failures(), "failed tries"),
                count(setbacks.bugs(), "bugs of knight"),
                count(setbacks.waits(), "waits in a row for something outside"),
                count(setbacks.crashes(), "crashes of the service in a row"))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    return Optional.of(counts).filter(it -> !it.isEmpty()).map(it -> "Set back by: " + it);
  }

  private static Optional<String> count(int times, String what) {
    return times == 0 ? Optional.empty() : Optional.of(what + " " + times);
  }

  private void print(EventView event) {
    line("%s  %-9s  %s".formatted(Amounts.minute(event.at()), event.kind(), event.text()));
  }

  private void print(EffectView effect) {
    String link = effect.link().map(URI::toString).orElse(effect.key());
    line("%-14s  %-8s  %s".formatted(effect.kind(), effect.state(), link));
  }

  /** One line, whatever is in it: titles and reasons come from outside. */
  private void line(String text) {
    terminal.out().println(PlainText.line(text));
  }
}
