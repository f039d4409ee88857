package dev.knight.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code knight demo}. */
@Command(
    name = "demo",
    description = "Rehearse one job on this machine, with no account and no key.")
final class DemoCommand implements Callable<Integer> {
  private final Demo demo;
  private final Terminal terminal;

  @Option(names = "--keep", description = "Keep the rehearsal's directory for a look.")
  private boolean keep;

  DemoCommand(Demo demo, Terminal terminal) {
    this.demo = demo;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return demo.play(keep, terminal);
  }
}
