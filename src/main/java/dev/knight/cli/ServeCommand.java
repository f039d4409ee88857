package dev.knight.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code knight serve}. */
@Command(name = "serve", description = "Watch GitHub and work, until it is told to end.")
final class ServeCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;

  ServeCommand(KnightCommand knight, Program program) {
    this.knight = knight;
    this.program = program;
  }

  @Override
  public Integer call() {
    return program.serve(knight.config());
  }
}
