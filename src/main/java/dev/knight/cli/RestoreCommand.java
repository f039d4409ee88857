package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import dev.knight.api.RestoreView;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code knight restore}. */
@Command(
    name = "restore",
    description = "Put a backup in the place of the store, which is kept beside it.")
final class RestoreCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "FILE", description = "What knight backup made.")
  private @Nullable Path file;

  @Option(names = "--json", description = "Print JSON.")
  private boolean asJson;

  RestoreCommand(KnightCommand knight, Program program, Terminal terminal) {
    this.knight = knight;
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RestoreView done = program.restore(knight.config(), requireNonNull(file));
    if (asJson) {
      terminal.out().println(new Json().pretty(done));
    } else {
      terminal.out().printf("The store has %d jobs again%n", done.jobs());
      done.kept().ifPresent(kept -> terminal.out().printf("What it was before is in %s%n", kept));
    }
    terminal.out().flush();
    return ExitCodes.DONE;
  }
}
