package dev.knight.cli;

import dev.knight.api.JobView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code knight jobs}. */
@Command(
    name = "jobs",
    description = {
      "List the jobs, newest first.",
      "Who needs something of you is told below, with the command that gives it."
    })
final class JobsCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;
  private final Terminal terminal;

  @Option(names = "--json", description = "Print JSON.")
  private boolean asJson;

  @Option(
      names = {"-w", "--watch"},
      description = "Go on, and show each change; q or Ctrl-C ends it.")
  private boolean watches;

  @Mixin private JobFilter filter = new JobFilter();
  @Mixin private Paging paging = new Paging();

  JobsCommand(KnightCommand knight, Program program, Terminal terminal) {
    this.knight = knight;
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (watches) {
      new JobWatch(program, knight.config(), terminal, filter, asJson).run();
      return ExitCodes.DONE;
    }
    return program.ask(
        knight.config(),
        api -> {
          print(api.jobs(filter.query()));
          return ExitCodes.DONE;
        });
  }

  private void print(List<JobView> jobs) {
    if (asJson) {
      terminal.out().println(new Json().pretty(jobs));
      terminal.out().flush();
    } else {
      JobList list = new JobList(program, filter);
      paging.show(terminal, to -> list.lines(jobs, to).forEach(to.out()::println));
    }
  }
}
