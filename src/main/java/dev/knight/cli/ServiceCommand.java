package dev.knight.cli;

import static java.util.Objects.requireNonNull;

import dev.knight.api.ServiceAddress;
import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import dev.knight.systemd.KnightUnit;
import dev.knight.systemd.KnightUnit.Installed;
import dev.knight.systemd.Manager;
import dev.knight.systemd.UnitState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code knight service}. */
@Command(
    name = "service",
    description = "Have systemd run knight serve, also after a restart of the machine.",
    synopsisSubcommandLabel = "COMMAND")
final class ServiceCommand implements Runnable {
  private final KnightCommand knight;
  private final Program program;
  private final Terminal terminal;

  @Option(
      names = "--system",
      scope = ScopeType.INHERIT,
      description = "A service of the machine, which root installs; not one of your own.")
  private boolean system;

  @Spec private @Nullable CommandSpec spec;

  ServiceCommand(KnightCommand knight, Program program, Terminal terminal) {
    this.knight = knight;
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    throw new ParameterException(
        requireNonNull(spec).commandLine(),
        "Say what about the service: install, uninstall, status, logs, start, stop or restart");
  }

  @Command(
      name = "install",
      description = "Write the unit and enable it. Done again, it brings the unit up to date.")
  int install(
      @Option(names = "--now", description = "Start it as well, and wait until it serves.")
          boolean now,
      @Option(
              names = "--as",
              paramLabel = "ACCOUNT",
              description = "Whose rights a service of the machine has; by default yours.")
          @Nullable String account) {
    KnightUnit unit = program.unit(wanted());
    if (now && program.isServing() && !(unit.isInstalled() && unit.state().isActive())) {
      throw new MisconfiguredException(
          "A knight works on %s already, and not as a service: end it first"
              .formatted(program.home().root()));
    }
    Installed done = unit.install(knight.config(), Optional.ofNullable(account));
    say("%s is written and enabled", done.file());
    done.kept().ifPresent(kept -> say("What was there before is in %s", kept));
    if (now) {
      unit.restart();
      sayThatItServes(done.serves());
    } else if (unit.state().isActive()) {
      if (done.isChanged()) {
        say("It runs as it was: knight service restart%s", flag(unit));
      }
    } else {
      say("Start it: knight service start%s", flag(unit));
    }
    if (done.stopsAtLogout()) {
      say("It ends when you log out. To have it run always: loginctl enable-linger");
    }
    return done();
  }

  @Command(
      name = "uninstall",
      description = "End the service and take the unit away. Your home and its jobs stay.")
  int uninstall() {
    KnightUnit unit = program.unit(found());
    KnightHome kept = unit.serves();
    unit.uninstall();
    say("%s is gone. What knight keeps is still in %s", unit.file(), kept.root());
    return done();
  }

  @Command(name = "status", description = "Say whether it runs; fails if it does not.")
  int status(@Option(names = "--json", description = "Print JSON.") boolean asJson) {
    KnightUnit unit = program.unit(found());
    UnitState state = unit.state();
    if (asJson) {
      terminal.out().println(new Json().pretty(fields(unit, state)));
    } else {
      tell(unit, state);
    }
    done();
    return state.isActive() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  @Command(name = "logs", description = "Show what it logged.")
  int logs(
      @Option(
              names = {"-f", "--follow"},
              description = "Go on with what comes.")
          boolean follow,
      @Option(
              names = {"-n", "--lines"},
              paramLabel = "N",
              defaultValue = "50",
              description = "How many lines; ${DEFAULT-VALUE} by default.")
          int lines) {
    done();
    return program.unit(found()).logs(lines, follow);
  }

  @Command(name = "start", description = "Start it, and wait until it serves.")
  int start() {
    KnightUnit unit = program.unit(found());
    if (unit.state().isActive()) {
      say("It runs already");
      return done();
    }
    return restart();
  }

  @Command(name = "stop", description = "End it. Agents work on, and the next start finds them.")
  int stop() {
    program.unit(found()).stop();
    say("It has ended; agents at work go on");
    return done();
  }

  @Command(
      name = "restart",
      description = "Start it again, and wait until it serves. Agents at work do not notice.")
  int restart() {
    KnightUnit unit = program.unit(found());
    unit.restart();
    sayThatItServes(unit.serves());
    return done();
  }

  private Manager wanted() {
    return system ? Manager.SYSTEM : Manager.USER;
  }

  /** Who does not say which means the one that is there. */
  private Manager found() {
    boolean onlySystem =
        !program.unit(Manager.USER).isInstalled() && program.unit(Manager.SYSTEM).isInstalled();
    return system || onlySystem ? Manager.SYSTEM : Manager.USER;
  }

  private void tell(KnightUnit unit, UnitState state) {
    say("%s is %s (%s)%s", unit.file(), state.active(), state.sub(), since(state));
    say("  home         %s", unit.serves().root());
    state.pid().ifPresent(pid -> say("  process      %d", pid));
    address(unit.serves()).ifPresent(it -> say("  listens at   %s", it.url()));
    say("  at boot      %s", state.enabled());
    if (state.restarts() > 0) {
      say("  restarted    %d times by itself", state.restarts());
    }
    if (state.exitCode() != 0) {
      say("  ended with   %d: knight service logs%s tells why", state.exitCode(), flag(unit));
    }
    if (!unit.isOwn()) {
      say(
          "  another one  the unit starts another knight than this: knight service install%s",
          flag(unit));
    }
    if (unit.stopsAtLogout()) {
      say("  at logout    it ends; to have it run always: loginctl enable-linger");
    }
  }

  private Map<String, Object> fields(KnightUnit unit, UnitState state) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("unit", unit.file().toString());
    fields.put("active", state.active());
    fields.put("sub", state.sub());
    fields.put("enabled", state.enabled());
    fields.put("pid", state.pid());
    fields.put("url", address(unit.serves()).map(ServiceAddress::url));
    fields.put("restarts", state.restarts());
    fields.put("exitCode", state.exitCode());
    fields.put("since", state.since());
    fields.put("ownProgram", unit.isOwn());
    fields.put("stopsAtLogout", unit.stopsAtLogout());
    return fields;
  }

  private void sayThatItServes(KnightHome home) {
    say("knight serves%s", address(home).map(it -> " at " + it.url()).orElse(""));
  }

  /** Another account's home is not ours to read. */
  private static Optional<ServiceAddress> address(KnightHome home) {
    try {
      return Files.isReadable(home.service())
          ? Optional.of(new Json().read(Files.readString(home.service()), ServiceAddress.class))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty(); // it has just ended
    }
  }

  private static String since(UnitState state) {
    return state.since().isEmpty() ? "" : " since " + state.since();
  }

  private static String flag(KnightUnit unit) {
    return switch (unit.manager()) {
      case USER -> "";
      case SYSTEM -> " --system";
    };
  }

  private void say(String format, Object... values) {
    terminal.out().printf(format + "%n", values);
  }

  private int done() {
    terminal.out().flush();
    return ExitCodes.DONE;
  }
}
