package dev.knight.cli;

import dev.knight.api.JobView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code knight jobs}. */
@Command(name = "jobs", description = "List the jobs, newest first.")
final class JobsCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;
  private final Terminal terminal;

  @Option(names = "--json", description = "Print JSON.")
  private boolean asJson;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "30",
      description = "At most this many (default: 30).")
  private int limit;

  @Mixin private Paging paging = new Paging();

  JobsCommand(KnightCommand knight, Program program, Terminal terminal) {
    this.knight = knight;
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return program.ask(
        knight.config(),
        api -> {
          print(api.jobs(limit));
          return ExitCodes.DONE;
        });
  }

  private void print(List<JobView> jobs) {
    if (asJson) {
      terminal.out().println(new Json().pretty(jobs));
    } else if (jobs.isEmpty() && terminal.isPerson()) {
      terminal.out().println("No jobs yet. Mention knight in an issue, or use knight enqueue.");
    } else {
      paging.show(terminal, JobTable.of(jobs, program.now())::print);
    }
    terminal.out().flush();
  }
}
