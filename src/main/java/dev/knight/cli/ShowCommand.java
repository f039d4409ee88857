package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import dev.knight.api.JobDetails;
import dev.knight.job.JobId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code knight show}. */
@Command(
    name = "show",
    description = {
      "Tell the story of a job.",
      "What it is, what it needs of you, what happened, what it made and what it cost."
    })
final class ShowCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "JOB", description = "The job's number.")
  private @Nullable JobId job;

  @Option(names = "--json", description = "Print JSON.")
  private boolean asJson;

  @Option(names = "--diff", description = "Print what it changes, as a diff.")
  private boolean asDiff;

  @Mixin private Paging paging = new Paging();

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
          if (asDiff) {
            String diff = api.diff(number);
            paging.show(terminal, to -> Patch.print(diff, to));
          } else {
            print(api.show(number));
          }
          return ExitCodes.DONE;
        });
  }

  private void print(JobDetails details) {
    if (asJson) {
      terminal.out().println(new Json().pretty(details));
      terminal.out().flush();
    } else {
      paging.show(terminal, to -> JobStory.print(details, to, program.now()));
    }
  }
}
