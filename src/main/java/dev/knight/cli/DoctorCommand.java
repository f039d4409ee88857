package dev.knight.cli;

import dev.knight.doctor.Bundle;
import dev.knight.doctor.Check;
import dev.knight.doctor.Checkup;
import dev.knight.doctor.Fix;
import dev.knight.doctor.Result;
import dev.knight.doctor.Result.Verdict;
import dev.knight.hygiene.Redactor;
import dev.knight.job.MisconfiguredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code knight doctor}. */
@Command(
    name = "doctor",
    description = {
      "Look whether everything is there that knight needs, and say how to mend what is not.",
      "Looks at the settings, GitHub and its token, each repository, the model, pi, git, disks, the"
          + " store and the service; makes a jail as an agent's and tries to get out of it. Needs no"
          + " service, and changes nothing without --fix. --verbose shows each of those attempts.",
      "✓ is well, ! works and should be looked at, ✗ is wrong. Exits with 0 if nothing is wrong, 1"
          + " if something is, 3 if nothing is set up yet."
    })
final class DoctorCommand implements Callable<Integer> {
  private final KnightCommand knight;
  private final Program program;
  private final Terminal terminal;
  private final Optional<Smoke> smoke;

  @Option(
      names = "--fix",
      description = "Mend what can be mended without risk, and say what was done.")
  private boolean fix;

  @Option(
      names = "--smoke",
      description = {
        "Then play one job on a stand-in for GitHub, with the sandbox, pi and the model of the"
            + " settings. This asks the model, and costs at most half a dollar."
      })
  private boolean isSmoke;

  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      description = "Write what a bug report needs into FILE, a .tar.gz without secrets.")
  private @Nullable Path bundle;

  @Option(names = "--json", description = "Print JSON.")
  private boolean asJson;

  DoctorCommand(KnightCommand knight, Program program, Terminal terminal, Optional<Smoke> smoke) {
    this.knight = knight;
    this.program = program;
    this.terminal = terminal;
    this.smoke = smoke;
  }

  @Override
  public Integer call() {
    Optional<Path> file = Optional.ofNullable(bundle).map(Path::toAbsolutePath);
    file.ifPresent(DoctorCommand::refuseToReplace);
    List<Result> results = looked();
    if (asJson) {
      Redactor redactor = program.redactor(knight.config());
      terminal
          .out()
          .println(redactor.text(new Json().pretty(results.stream().map(Result::fields).toList())));
      terminal.out().flush();
    }
    file.ifPresent(target -> write(target, results));
    int exitCode = exitCode(results);
    if (isSmoke && exitCode == ExitCodes.DONE) {
      return smoke.orElseThrow().play(knight.config(), terminal);
    }
    if (isSmoke) {
      terminal.err().println("No job is played: mend what is wrong first.");
    }
    return exitCode;
  }

  private List<Result> looked() {
    if (!fix) {
      return looked(asJson);
    }
    List<Result> before = looked(true);
    List<Fix> fixes =
        before.stream()
            .filter(it -> it.verdict() == Verdict.BAD || it.verdict() == Verdict.DOUBTFUL)
            .flatMap(it -> it.fix().stream())
            .distinct()
            .toList();
    fixes.forEach(this::mend);
    return looked(asJson);
  }

  private List<Result> looked(boolean isSilent) {
    List<Check> checks = program.checks(knight.config());
    DoctorReport report = report();
    if (isSilent) {
      List<Result> results = new Checkup().run(checks, report::waitFor, _ -> {});
      report.waited();
      return results;
    }
    List<Result> results = new Checkup().run(checks, report::waitFor, report::tell);
    report.end(results);
    return results;
  }

  private void mend(Fix fix) {
    try {
      fix.apply();
      if (asJson) {
        terminal.err().println("Mended: " + fix.told());
      } else {
        report().fixed(fix.told());
      }
    } catch (IOException | MisconfiguredException stays) {
      report().notFixed("%s (%s)".formatted(fix.told(), stays.getMessage()));
    }
  }

  private DoctorReport report() {
    return new DoctorReport(terminal, program.redactor(knight.config()), knight.isVerbose());
  }

  private static int exitCode(List<Result> results) {
    if (results.stream().anyMatch(it -> it.id().equals(Result.UNSET))) {
      return ExitCodes.REFUSED;
    }
    return results.stream().anyMatch(it -> it.verdict() == Verdict.BAD)
        ? ExitCodes.FAILED
        : ExitCodes.DONE;
  }

  private static void refuseToReplace(Path target) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalArgumentException(target + " is there already: name another file");
    }
  }

  private void write(Path target, List<Result> results) {
    Bundle filled = new BundleParts(program, knight.config()).bundle(results);
    try {
      filled.write(target, Instant.now());
    } catch (IOException unwritable) {
      throw new MisconfiguredException(
          "%s cannot be written: check that its directory is there and yours".formatted(target),
          unwritable);
    }
    terminal
        .err()
        .printf(
            "%s is for a bug report; look at it before you send it. It holds:%n%s",
            target, filled.list());
    terminal.err().flush();
  }
}
