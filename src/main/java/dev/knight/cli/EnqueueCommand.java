package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import dev.knight.api.EnqueueRequest;
import dev.knight.api.JobView;
import dev.knight.job.IssueUrl;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code knight enqueue}. */
@Command(name = "enqueue", description = "Ask for work on an issue, by hand.")
final class EnqueueCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "ISSUE-URL", description = "The page of the issue.")
  private @Nullable IssueUrl url;

  @Option(
      names = {"-m", "--message"},
      paramLabel = "TEXT",
      description = "What is wanted; without it, what the issue says.")
  private @Nullable String text;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Asked again with the same key, it is not done again.")
  private @Nullable String key;

  @Mixin private JobAnswer answer = new JobAnswer();

  EnqueueCommand(KnightCommand knight, Program program, Terminal terminal) {
    this.knight = knight;
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    IssueUrl issue = requireNonNull(url);
    String page =
        "https://%s/%s/issues/%d"
            .formatted(issue.host(), issue.subject().repository(), issue.subject().number());
    EnqueueRequest request =
        new EnqueueRequest(page, Optional.ofNullable(text), Optional.ofNullable(key));
    return program.ask(
        knight.config(),
        api -> {
          JobView job = api.enqueue(request);
          answer.print(
              job,
              "Job %d for %s#%d is %s"
                  .formatted(job.id(), job.repository(), job.number(), job.state()),
              terminal);
          return ExitCodes.DONE;
        });
  }
}
