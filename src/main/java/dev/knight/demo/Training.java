package dev.knight.demo;

import dev.knight.bridge.BridgePlan;
import dev.knight.home.KnightHome;
import dev.knight.home.OwnProgram;
import dev.knight.rehearsal.Rehearsal;
import dev.knight.rehearsal.RehearsedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Plays a start of the service, one client of it and a bridge against a stand-in for GitHub, each
 * on a JVM that keeps what it has loaded: the AOT caches with which the next ones start sooner.
 * What else would be kept, each start would read, too.
 */
public final class Training {
  private static final String MODEL_KEY = "sk-rehearsal-only";

  /** A JVM that keeps what it loads is slow, and at its end, too: minutes where much else runs. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final List<String> launcher;
  private final Map<String, String> environment;

  /**
   * Nothing is started yet.
   *
   * @param launcher the words that start knight, and heed {@code KNIGHT_JAVA_OPTS}
   * @param environment of this process
   */
  public Training(List<String> launcher, Map<String, String> environment) {
    this.launcher = List.copyOf(launcher);
    this.environment = Map.copyOf(environment);
  }

  /**
   * Makes {@code service.aot}, {@code client.aot} and {@code bridge.aot} in {@code directory},
   * which has to be there.
   *
   * @throws IllegalStateException if the service did not start or end, with what it said
   */
  public void play(Path directory) throws IOException, InterruptedException {
    KnightHome home = new KnightHome(directory.resolve("home"));
    home.make(home.root());
    List<String> options =
        List.of("--directory", directory.resolve("github").toString(), "--model-key", MODEL_KEY);
    try (Rehearsal rehearsal = Rehearsal.start(options)) {
      Map<String, String> settings =
          RehearsedService.settings(home, rehearsal.gitHub(), rehearsal.model(), MODEL_KEY);
      settings.put("JAVA_HOME", environment.getOrDefault("JAVA_HOME", ""));
      // The first has a store to make, which hardly any other start has.
      try (RehearsedService first = RehearsedService.start(launcher, settings, environment)) {
        first.awaitReadiness(PATIENCE);
        ask(keeping(directory.resolve("client.aot"), settings));
        end(first);
      }
      Path cache = directory.resolve("service.aot");
      Map<String, String> kept = keeping(cache, settings);
      try (RehearsedService next = RehearsedService.start(launcher, kept, environment)) {
        next.awaitReadiness(PATIENCE);
        end(next);
        if (!Files.exists(cache)) {
          throw new IllegalStateException("The service kept nothing: " + next.said());
        }
      }
    }
    bridge(Files.createDirectories(directory.resolve("bridge")), directory.resolve("bridge.aot"));
  }

  /**
   * As {@code settings}, and keeps {@code cache}. What was compiled in the simple way only is
   * compiled so at once the next time, and better when it is hot; with profiles the service would
   * begin with the costly way. What is done twice as often as usually before it is compiled is
   * worth that at a start, too.
   */
  private static Map<String, String> keeping(Path cache, Map<String, String> settings) {
    Map<String, String> kept = new LinkedHashMap<>(settings);
    kept.put(
        "KNIGHT_JAVA_OPTS",
        "-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=2 -XX:AOTCacheOutput=" + cache);
    return kept;
  }

  private static void end(RehearsedService service) throws InterruptedException {
    if (!service.end(PATIENCE)) {
      throw new IllegalStateException("The service does not end: " + service.said());
    }
  }

  private void ask(Map<String, String> settings) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(launcher);
    command.add("jobs");
    ProcessBuilder client = new ProcessBuilder(command).inheritIO();
    client.environment().putAll(settings);
    run(client);
  }

  /**
   * One whose pi says a single thing. It has flags of its own, so that it does without launcher.
   */
  private static void bridge(Path place, Path cache) throws IOException, InterruptedException {
    List<String> pi = List.of("/bin/echo", "{\"type\": \"agent_start\"}");
    Path socket = place.resolve("socket");
    Path journal = place.resolve("journal");
    new BridgePlan(pi, Map.of(), place, "", socket, journal, "KNIGHT_TRAINING=" + place)
        .write(place);
    List<String> command = new ArrayList<>(OwnProgram.command());
    command.add(1, "-XX:AOTCacheOutput=" + cache);
    command.addAll(List.of("bridge", place.toString()));
    run(new ProcessBuilder(command).inheritIO());
  }

  private static void run(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
