package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import dev.knight.api.JobView;
import dev.knight.job.JobId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code knight stop}. */
@Command(name = "stop", description = "Call a job off; what it has made so far is kept.")
final class StopCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "JOB", description = "The job's number.")
  private @Nullable JobId job;

  @Mixin private JobAnswer answer = new JobAnswer();

  StopCommand(KnightCommand knight, Program program, Terminal terminal) {
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
          JobView stopped = api.stop(number);
          answer.print(stopped, "Job %d is %s".formatted(stopped.id(), stopped.state()), terminal);
          return ExitCodes.DONE;
        });
  }
}
