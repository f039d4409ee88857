package dev.knight.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code knight serve}. */
@Command(name = "serve", description = "Watch GitHub and work, until it is told to end.")
final class ServeCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;

  @Option(
      names = "--stop-agents",
      description = "At its end, end the agents too; their jobs go on at the next start.")
  private boolean stopAgents;

  ServeCommand(KnightCommand knight, Program program) {
    this.knight = knight;
    this.program = program;
  }

  @Override
  public Integer call() {
    return program.serve(knight.config(), stopAgents);
  }
}
