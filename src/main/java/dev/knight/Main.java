package dev.knight;

import dev.knight.bridge.BridgeMain;
import dev.knight.chaos.Upheaval;
import dev.knight.cli.KnightCommandLine;
import dev.knight.cli.Rehearsals;
import dev.knight.cli.Terminal;
import dev.knight.demo.RealModel;
import dev.knight.demo.Rehearse;
import dev.knight.demo.Training;
import dev.knight.home.KnightHome;
import dev.knight.home.OwnProgram;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Picks which of knight's three lives to lead: client, service or bridge. */
@QuarkusMain
public final class Main {
  private Main() {}

  /** Runs the command line {@code args} and ends the process with its exit code. */
  public static void main(String... args) throws IOException, InterruptedException {
    // Before anybody logs: the framework's own manager refuses to come second.
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    if (args.length == 2 && args[0].equals("bridge")) {
      System.exit(BridgeMain.run(Path.of(args[1])));
    }
    Map<String, String> environment = System.getenv();
    if (args.length > 2 && args[0].equals("train")) {
      train(Path.of(args[1]), List.of(args).subList(2, args.length), environment);
      return;
    }
    Terminal terminal = Terminal.of(environment);
    KnightHome home = KnightHome.of(environment);
    Outside outside = new Outside(home, environment, InstantSource.system(), terminal, args);
    Rehearsals rehearsals =
        new Rehearsals(
            new Rehearse(
                OwnProgram.command(), environment, own -> Preflight.obstacle(own, environment)),
            new Upheaval(OwnProgram.command(), environment),
            new RealModel(
                OwnProgram.command(),
                environment,
                config -> SmokeSettings.of(home, config, environment)));
    int exitCode = KnightCommandLine.execute(outside, terminal, Optional.of(rehearsals), args);
    terminal.out().flush();
    terminal.err().flush();
    System.exit(exitCode);
  }

  /** {@code knight train DIR LAUNCHER...}, which nobody types: scripts/lib/aot.sh does. */
  private static void train(Path directory, List<String> launcher, Map<String, String> environment)
      throws IOException, InterruptedException {
    new Training(launcher, environment).play(directory);
  }
}
