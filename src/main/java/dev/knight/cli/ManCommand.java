package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code knight man}: for whoever installs knight. */
@Command(
    name = "man",
    hidden = true,
    description = "Print the manual: knight man > ~/.local/share/man/man1/knight.1")
final class ManCommand implements Callable<Integer> {
  private final Program program;
  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  ManCommand(Program program, Terminal terminal) {
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandSpec knight = requireNonNull(requireNonNull(spec).parent());
    terminal.out().print(ManPage.of(knight.commandLine(), program));
    terminal.out().flush();
    return ExitCodes.DONE;
  }
}
