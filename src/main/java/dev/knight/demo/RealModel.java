package dev.knight.demo;

import dev.knight.api.JobView;
import dev.knight.cli.DaemonClient;
import dev.knight.cli.ExitCodes;
import dev.knight.cli.Smoke;
import dev.knight.cli.Terminal;
import dev.knight.home.KnightHome;
import dev.knight.home.WholeFile;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.PlainText;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Secret;
import dev.knight.rehearsal.Rehearsal;
import dev.knight.rehearsal.RehearsalWorld;
import dev.knight.rehearsal.RehearsedService;
import dev.knight.rehearsal.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Plays the rehearsal's one job with the model, the pi and the sandbox of the real settings, in a
 * home of its own. What such a model writes nobody can foresee, so that only the way counts: from
 * the mention to one pull request.
 */
public final class RealModel implements Smoke {
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final String MOST = "0.50 USD";

  private final List<String> self;
  private final Map<String, String> environment;
  private final Function<Optional<Path>, Settings> settings;

  /**
   * What is taken over from the real settings.
   *
   * @param variables all of them that are no secrets
   * @param modelKey the key for the model, if it wants one
   */
  public record Settings(Map<String, String> variables, Optional<Secret> modelKey) {
    /** Keeps its own copy. */
    public Settings {
      variables = Map.copyOf(variables);
    }
  }

  /**
   * Nothing is started yet.
   *
   * @param self the words that run knight itself
   * @param environment of this process: where programs are found
   * @param settings the real ones, by the file that {@code --config} names
   */
  public RealModel(
      List<String> self,
      Map<String, String> environment,
      Function<Optional<Path>, Settings> settings) {
    this.self = List.copyOf(self);
    this.environment = Map.copyOf(environment);
    this.settings = settings;
  }

  @Override
  public int play(Optional<Path> config, Terminal terminal) {
    Settings real = settings.apply(config);
    return Play.play("knight-smoke", false, directory -> play(directory, real, terminal));
  }

  private int play(Path directory, Settings real, Terminal terminal)
      throws IOException, InterruptedException {
    KnightHome home = new KnightHome(directory.resolve("home"));
    home.make(home.root());
    String key = real.modelKey().map(it -> "KNIGHT_MODEL_API_KEY=" + it.reveal()).orElse("");
    // Not into the environment, which others can read.
    WholeFile.write(home.secrets(), to -> to.write(key.getBytes(StandardCharsets.UTF_8)));
    Story.say(
        terminal, "smoke", "One job with the model of the settings; it costs at most " + MOST);
    try (Rehearsal rehearsal =
            Rehearsal.start(List.of("--directory", directory.resolve("github").toString()));
        RehearsedService service =
            RehearsedService.start(self, all(home, rehearsal, real), host())) {
      Story.say(terminal, "knight", service.awaitReadiness());
      World world = rehearsal.gitHub().world();
      new Story(terminal).tell(world, home, service, PATIENCE);
      return told(world, home, service, real, terminal);
    }
  }

  private static Map<String, String> all(KnightHome home, Rehearsal rehearsal, Settings real) {
    Map<String, String> all =
        new HashMap<>(
            RehearsedService.settings(home, rehearsal.gitHub(), rehearsal.model(), "unused"));
    all.keySet().removeIf(name -> name.startsWith("KNIGHT_MODEL_"));
    all.putAll(real.variables());
    all.put("KNIGHT_LIMITS_COST", MOST);
    all.put("KNIGHT_LIMITS_TIME", PATIENCE.toMinutes() + "m");
    return all;
  }

  /** The settings say themselves which pi and which sandbox. */
  private Map<String, String> host() {
    Map<String, String> host = new HashMap<>(environment);
    host.keySet().removeIf(name -> name.startsWith("KNIGHT_"));
    return host;
  }

  private static String cost(JobView job) {
    String cost = job.costUsd().toPlainString() + " USD";
    return job.costUsd().signum() == 0 ? cost + " (nobody says what this model costs)" : cost;
  }

  private static int told(
      World world, KnightHome home, RehearsedService service, Settings real, Terminal terminal) {
    Optional<JobView> job =
        service.isAlive()
            ? DaemonClient.of(home).flatMap(client -> client.jobs(1).stream().findFirst())
            : Optional.empty();
    world
        .pullRequests(RehearsalWorld.REPOSITORY)
        .forEach(pull ->
            terminal
                .out()
                .println(
                    "\n"
                        + PlainText.lines(
                            world
                                .diff(RehearsalWorld.REPOSITORY, pull.pull().orElseThrow().head())
                                .stripTrailing())));
    boolean isDone =
        job.filter(it -> it.state().equals("done")).isPresent()
            && world.pullRequests(RehearsalWorld.REPOSITORY).size() == 1;
    String cost = job.map(RealModel::cost).orElse("nobody knows what");
    if (isDone) {
      terminal.out().printf("%nIt works: from the mention to a pull request, for %s.%n", cost);
    } else {
      String state = job.map(JobView::state).orElse("not there");
      terminal
          .out()
          .printf("%nIt does not work: the job is %s. It cost %s. knight said:%n", state, cost);
      Redactor redactor =
          new Redactor(new KnownSecrets(real.modelKey().stream().toArray(Secret[]::new)));
      terminal.out().println(PlainText.lines(redactor.text(service.said())));
    }
    terminal.out().flush();
    return isDone ? ExitCodes.DONE : ExitCodes.FAILED;
  }
}
