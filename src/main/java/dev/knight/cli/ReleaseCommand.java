package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import dev.knight.api.JobView;
import dev.knight.job.JobId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code knight release}. */
@Command(
    name = "release",
    description =
        "Let through what a held job holds: exactly that is published. Or agree to the plan of one"
            + " that waits for that.")
final class ReleaseCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "JOB", description = "The job's number.")
  private @Nullable JobId job;

  @Mixin private JobAnswer answer = new JobAnswer();

  ReleaseCommand(KnightCommand knight, Program program, Terminal terminal) {
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
          JobView released = api.release(number);
          answer.print(
              released,
              "Job %d is let through and is %s".formatted(released.id(), released.state()),
              terminal);
          return ExitCodes.DONE;
        });
  }
}
