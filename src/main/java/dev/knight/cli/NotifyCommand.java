package dev.knight.cli;

import dev.knight.api.TriedNotice;
import dev.knight.hygiene.PlainText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code knight notify}. */
@Command(name = "notify", description = "See whether you are told of jobs: see knight.notify.")
final class NotifyCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;
  private final Terminal terminal;

  @SuppressWarnings("NullAway.Init") // picocli fills it
  @Spec
  private CommandSpec spec;

  NotifyCommand(KnightCommand knight, Program program, Terminal terminal) {
    this.knight = knight;
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Say what: knight notify test");
  }

  @Command(name = "test", description = "Send a test on every way that is set.")
  int test(@Option(names = "--json", description = "Print JSON.") boolean asJson) {
    return program.ask(
        knight.config(),
        api -> {
          List<TriedNotice> tried = api.notices().tryOut();
          print(tried, asJson);
          return tried.stream().allMatch(TriedNotice::arrived) ? ExitCodes.DONE : ExitCodes.FAILED;
        });
  }

  private void print(List<TriedNotice> tried, boolean asJson) {
    if (asJson) {
      terminal.out().println(new Json().pretty(tried));
    } else {
      for (TriedNotice one : tried) {
        terminal.out().println((one.arrived() ? "✓ " : "✗ ") + PlainText.line(one.sentence()));
      }
    }
    terminal.out().flush();
  }
}
