package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import dev.knight.api.JobView;
import dev.knight.api.SteerRequest;
import dev.knight.job.JobId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code knight steer}. */
@Command(
    name = "steer",
    description = "Tell the agent of a job something: it hears it while it works.")
final class SteerCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "JOB", description = "The job's number.")
  private @Nullable JobId job;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "TEXT", description = "What it is told.")
  private @Nullable List<String> words;

  @Mixin private JobAnswer answer = new JobAnswer();

  SteerCommand(KnightCommand knight, Program program, Terminal terminal) {
    this.knight = knight;
    this.program = program;
    this.terminal = terminal;
  }

  /** Who sits here. */
  static Optional<String> me() {
    return Optional.ofNullable(System.getProperty("user.name")).filter(name -> !name.isBlank());
  }

  @Override
  public Integer call() {
    long number = requireNonNull(job).value();
    SteerRequest request = new SteerRequest(String.join(" ", requireNonNull(words)), me());
    return program.ask(
        knight.config(),
        api -> {
          JobView told = api.steer(number, request);
          answer.print(
              told, "Told job %d, which is %s".formatted(told.id(), told.state()), terminal);
          return ExitCodes.DONE;
        });
  }
}
