package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code knight completion}. */
@Command(
    name = "completion",
    description = {
      "Print what a shell needs to complete knight's commands.",
      "To have it in this shell: source <(knight completion bash). The first lines of what is"
          + " printed say how to have it always."
    })
final class CompletionCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "SHELL", description = "bash, zsh or fish.")
  private @Nullable Shell shell;

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandSpec knight = requireNonNull(requireNonNull(spec).parent());
    terminal.out().print(new Completion(knight.commandLine()).script(requireNonNull(shell)));
    terminal.out().flush();
    return ExitCodes.DONE;
  }
}
