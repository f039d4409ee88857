package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import dev.knight.api.JobView;
import dev.knight.job.JobId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code knight retry}. */
@Command(
    name = "retry",
    description =
        "Try a job again: at once if it waits, with the same budget once more if a limit ended it,"
            + " as a new job if it is over otherwise.")
final class RetryCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "JOB", description = "The job's number.")
  private @Nullable JobId job;

  @Mixin private JobAnswer answer = new JobAnswer();

  RetryCommand(KnightCommand knight, Program program, Terminal terminal) {
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
          JobView again = api.retry(number);
          answer.print(
              again,
              "Job %d for %s#%d is %s"
                  .formatted(again.id(), again.repository(), again.number(), again.state()),
              terminal);
          return ExitCodes.DONE;
        });
  }
}
