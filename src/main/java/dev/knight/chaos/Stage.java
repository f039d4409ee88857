package dev.knight.chaos;

import dev.knight.home.KnightHome;
import dev.knight.job.Subject;
import dev.knight.rehearsal.Fault;
import dev.knight.rehearsal.RehearsalWorld;
import dev.knight.rehearsal.RehearsedService;
import dev.knight.rehearsal.ScriptedModel;
import dev.knight.rehearsal.StandInGitHub;
import dev.knight.rehearsal.Weather;
import dev.knight.rehearsal.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The world, the model and the service, which is started again each time that it has died. */
final class Stage implements AutoCloseable {
  private static final String MODEL_KEY = "sk-rehearsal-only";

  /** A GitHub on a bad day: answers are lost, it errs, it slows down, and its lists are behind. */
  private static final Weather BAD =
      Weather.CLEAR
          .dropping(0.01, 0.01)
          .failing(0.01)
          .limiting(0.005, Duration.ofSeconds(1))
          .behind(Duration.ofSeconds(2));

  private static final String SETTINGS =
      """
      setup: sleep 0.2
      verify:
        - sleep 1
        - sh test.sh
      """;

  private final List<String> self;
  private final Map<String, String> host;
  private final Map<String, String> settings;
  private final KnightHome home;
  private final StandInGitHub gitHub;
  private final ScriptedModel model;
  private final List<Subject> issues = new ArrayList<>();
  private RehearsedService service;
  private boolean over;

  private Stage(
      List<String> self,
      Map<String, String> host,
      Map<String, String> settings,
      KnightHome home,
      StandInGitHub gitHub,
      ScriptedModel model)
      throws IOException {
    this.self = self;
    this.host = host;
    this.settings = settings;
    this.home = home;
    this.gitHub = gitHub;
    this.model = model;
    this.service = RehearsedService.start(self, settings, host);
  }

  /**
   * Sets it up under {@code directory}; the service is starting then.
   *
   * @param self the words that run knight itself
   * @param host the environment of this process
   */
  static Stage open(
      Path directory, List<String> self, Map<String, String> host, long seed, Script script)
      throws IOException {
    KnightHome home = new KnightHome(directory.resolve("home"));
    home.make(home.root());
    StandInGitHub gitHub = StandInGitHub.start(directory.resolve("github"));
    ScriptedModel model = ScriptedModel.start(0, Optional.of(MODEL_KEY), script);
    RehearsalWorld.build(gitHub.world());
    gitHub
        .world()
        .push(
            RehearsalWorld.REPOSITORY,
            "main",
            RehearsalWorld.MAINTAINER,
            "Let the checks take their time",
            Map.of(".knight.yml", SETTINGS));
    gitHub.weather(BAD.seed(seed));
    Map<String, String> settings =
        new HashMap<>(RehearsedService.settings(home, gitHub, model, MODEL_KEY));
    // The agents that live on know the service by its port.
    settings.put("KNIGHT_HTTP_PORT", Integer.toString(freePort()));
    return new Stage(self, host, Map.copyOf(settings), home, gitHub, model);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  KnightHome home() {
    return home;
  }

  World world() {
    return gitHub.world();
  }

  /** The mentions so far, in their order. */
  synchronized List<Subject> issues() {
    return List.copyOf(issues);
  }

  /** Somebody asks for one thing more. */
  synchronized void openIssue() {
    issues.add(RehearsalWorld.openIssue(world(), Script.title(issues.size() + 1)));
  }

  /** The mention, from 1, that {@code number} is the issue of; 0 if none is. */
  synchronized int task(long number) {
    for (int index = 0; index < issues.size(); index++) {
      if (issues.get(index).number() == number) {
        return index + 1;
      }
    }
    return 0;
  }

  void inject(Fault fault) {
    gitHub.inject(fault);
  }

  void clearFaults() {
    gitHub.clearFaults();
  }

  /** From now on nothing goes wrong any more. */
  void clearUp() {
    gitHub.clearFaults();
    gitHub.weather(Weather.CLEAR);
  }

  /** How many requests of knight's went wrong. */
  int faults() {
    return (int)
        gitHub.requests().stream()
            .filter(seen -> seen.status() == 0 || seen.status() == 403 || seen.status() >= 500)
            .count();
  }

  synchronized RehearsedService service() {
    return service;
  }

  /** Starts the service again, as a supervisor would; it does not serve yet. */
  synchronized RehearsedService startAgain() throws IOException, InterruptedException {
    if (over) {
      throw new InterruptedException("The chaos is told to end");
    }
    service = RehearsedService.start(self, settings, host);
    return service;
  }

  /** Starts nothing any more. */
  synchronized void end() {
    over = true;
  }

  @Override
  public void close() throws IOException {
    try (model) {
      service().close();
    } finally {
      gitHub.close();
    }
  }
}
