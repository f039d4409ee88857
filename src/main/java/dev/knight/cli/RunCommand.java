package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import dev.knight.job.IssueUrl;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code knight run}. */
@Command(name = "run", description = "Work on one issue in the foreground; no service is needed.")
final class RunCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;

  @Parameters(index = "0", paramLabel = "ISSUE-URL", description = "The page of the issue.")
  private @Nullable IssueUrl url;

  @Option(
      names = {"-m", "--message"},
      paramLabel = "TEXT",
      description = "What is wanted; without it, what the issue says.")
  private @Nullable String text;

  RunCommand(KnightCommand knight, Program program) {
    this.knight = knight;
    this.program = program;
  }

  @Override
  public Integer call() {
    return program.run(knight.config(), requireNonNull(url), Optional.ofNullable(text));
  }
}
