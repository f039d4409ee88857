package dev.knight.cli;

import dev.knight.hygiene.PlainText;
import dev.knight.sandbox.Finding;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code knight doctor}. */
@Command(
    name = "doctor",
    description = {
      "Look whether the sandbox of this machine holds.",
      "Makes a jail as an agent's and tries to get out of it. Needs no account, no key and no"
          + " service; fails if anything is wrong, and says how to mend it."
    })
final class DoctorCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;
  private final Terminal terminal;

  @Option(names = "--json", description = "Print JSON.")
  private boolean asJson;

  DoctorCommand(KnightCommand knight, Program program, Terminal terminal) {
    this.knight = knight;
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<Finding> findings = program.examine(knight.config());
    boolean isGood = findings.stream().allMatch(Finding::isGood);
    if (asJson) {
      terminal.out().println(new Json().pretty(findings.stream().map(Finding::fields).toList()));
    } else {
      findings.forEach(this::print);
      terminal.out().println(summary(findings));
    }
    terminal.out().flush();
    return isGood ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private void print(Finding finding) {
    String said = PlainText.line(finding.said());
    terminal
        .out()
        .println(
            "%s %s%s"
                .formatted(
                    finding.isGood() ? "\u2713" : "\u2717",
                    finding.name(),
                    said.isEmpty() ? "" : ": " + said));
  }

  private static String summary(List<Finding> findings) {
    long bad = findings.stream().filter(finding -> !finding.isGood()).count();
    return bad == 0
        ? "The sandbox holds: %d looks at it, nothing wrong.".formatted(findings.size())
        : "%d of %d are wrong. No agent should work here.".formatted(bad, findings.size());
  }
}
