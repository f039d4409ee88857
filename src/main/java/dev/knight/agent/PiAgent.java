package dev.knight.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.agent.Session.Beginning;
import dev.knight.bridge.BridgeSocket;
import dev.knight.bridge.Fact;
import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.UnavailableException;
import dev.knight.pi.PiCommand;
import dev.knight.pi.PiResponse;
import dev.knight.sandbox.Cell;
import dev.knight.sandbox.Doors;
import dev.knight.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The agent that drives pi, each conversation behind a bridge of its own. */
public final class PiAgent implements Agent {
  /** pi starts in 1 s, in 7.5 s when eight start at once. */
  private static final Duration START = Duration.ofSeconds(30);

  private static final Duration QUICK = Duration.ofSeconds(10);

  private final KnightHome home;
  private final AgentSettings settings;
  private final Sandbox sandbox;
  private final PiLaunch launch;
  private final TriedPi tried;
  private final BridgeHouse house;
  private final Leftovers leftovers;
  private final InstantSource clock;

  /**
   * Nothing is started yet.
   *
   * @param sandbox what every pi runs in
   * @param self the words that run knight itself, to which {@code bridge DIR} is appended
   */
  public PiAgent(
      KnightHome home,
      AgentSettings settings,
      Sandbox sandbox,
      List<String> self,
      InstantSource clock) {
    this.home = home;
    this.settings = settings;
    this.sandbox = sandbox;
    this.clock = clock;
    this.launch = new PiLaunch(home, settings, sandbox);
    this.tried = new TriedPi(home, settings, launch, sandbox);
    this.house = new BridgeHouse(home, launch, self, settings.path());
    this.leftovers = new Leftovers(home, house);
  }

  /**
   * The Node that runs pi, and may run other things.
   *
   * @throws MisconfiguredException when there is no pi, or no Node
   */
  public static Path node(AgentSettings settings) throws IOException {
    return PiExecutable.node(PiExecutable.find(settings), settings);
  }

  @Override
  public void check() {
    try {
      tried.check(PiExecutable.find(settings));
    } catch (IOException full) {
      throw new UnavailableException("Cannot prepare pi's directory", full);
    }
  }

  @Override
  public void endOthers(Set<JobId> running, Duration patience) {
    leftovers.settle(running, patience);
  }

  @Override
  public void end(JobId job, Duration patience) {
    leftovers.end(job, patience);
  }

  @Override
  public Session session(SessionRequest request) {
    Path pi = PiExecutable.find(settings);
    String name = request.name();
    if (!BridgeSocket.fits(home.socket(name))
        || (!sandbox.isNone() && !Doors.fit(home.doors(name)))) {
      throw new MisconfiguredException(
          "KNIGHT_HOME is too deep for a socket: choose a shorter path than " + home.root());
    }
    return new SteadySession(
        () -> open(request, pi),
        () -> SessionFile.find(home.sessions(name), PiLaunch.session(name)),
        clock);
  }

  private PiSession open(SessionRequest request, Path pi) {
    leftovers.await(request.name());
    try {
      Cell cell = launch.cell(request, pi);
      return again(request, cell).orElseGet(() -> fresh(request, cell, pi));
    } catch (IOException e) {
      throw new UnavailableException("Cannot prepare pi's directory", e);
    }
  }

  /** The living one, unless it was told something else than it would be told now. */
  private Optional<PiSession> again(SessionRequest request, Cell cell) throws IOException {
    String name = request.name();
    if (!house.lives(name)) {
      return Optional.empty();
    }
    Dialled dialled = dial(request, Beginning.FOUND, () -> house.lives(name));
    boolean open = dialled.link().open(QUICK);
    if (open && launch.isCurrent(cell, request) && answers(dialled, QUICK)) {
      return Optional.of(dialled.session());
    }
    dialled.session().end();
    return Optional.empty();
  }

  private PiSession fresh(SessionRequest request, Cell cell, Path pi) {
    String name = request.name();
    house.clear(name);
    Beginning beginning = Files.exists(home.recording(name)) ? Beginning.RESUMED : Beginning.NEW;
    Process bridge;
    try {
      tried.check(pi);
      launch.prepare(cell, request);
      bridge = house.start(name);
    } catch (IOException e) {
      throw new UnavailableException("Cannot start pi's bridge", e);
    }
    Dialled dialled = dial(request, beginning, () -> bridge.isAlive() || house.lives(name));
    if (!dialled.link().open(START) || !answers(dialled, START)) {
      boolean ended = !bridge.isAlive() || dialled.link().look(Conversation::exit).isPresent();
      dialled.session().end();
      RuntimeException failure = notStarted(name, dialled.link());
      throw ended ? forgotten(pi, failure) : failure;
    }
    return dialled.session();
  }

  /** Who ends instead of starting is asked again which one it is; who is only late is not. */
  private RuntimeException forgotten(Path pi, RuntimeException failure) {
    try {
      tried.forget(pi);
    } catch (IOException unwritable) {
      failure.addSuppressed(unwritable);
    }
    return failure;
  }

  private record Dialled(Link link, PiSession session, SessionRequest.Model model) {}

  private Dialled dial(SessionRequest request, Beginning beginning, BooleanSupplier lives) {
    String name = request.name();
    Watchers watchers = new Watchers();
    Conversation conversation = new Conversation(request.gatewayToken().reveal());
    Link link =
        new Link(home.socket(name), home.recording(name), lives, conversation, watchers, clock);
    PiSession session = new PiSession(request, beginning, link, watchers, house, clock);
    return new Dialled(link, session, request.model());
  }

  /**
   * Whether pi answers.
   *
   * @throws MisconfiguredException when it uses another model than it was told to
   */
  private static boolean answers(Dialled dialled, Duration patience) {
    Optional<PiResponse> state = dialled.link().send(new PiCommand.GetState(), patience);
    if (state.isEmpty()) {
      return false;
    }
    JsonNode model = state.get().data().path("model");
    String used = model.path("provider").asText() + "/" + model.path("id").asText();
    String wanted = PiDirectory.provider(dialled.model()) + "/" + dialled.model().name();
    if (!used.equals(wanted)) {
      dialled.session().end();
      throw new MisconfiguredException(
          "pi does not know the model %s and would use %s: correct knight.model"
              .formatted(wanted, OneLine.of(used, 100)));
    }
    if (dialled.session().beginning() == Beginning.NEW) {
      dialled.session().costs(PriceList.price(model.path("cost")));
    }
    return true;
  }

  /** pi ends with 1 on everything that is wrong with how it is started. */
  private RuntimeException notStarted(String name, Link link) {
    Optional<Fact.Exited> exit = link.look(Conversation::exit);
    if (exit.isPresent() && exit.get().code() == 1) {
      return new MisconfiguredException("pi does not start: " + complaint(exit.get().stderr()));
    }
    String reason =
        exit.map(end -> "exit code " + end.code() + " " + complaint(end.stderr()))
            .orElseGet(() -> house.complaint(name));
    return new UnavailableException("pi did not start: " + reason, Optional.empty());
  }

  private static String complaint(String stderr) {
    return stderr
        .lines()
        .filter(line -> line.startsWith("Error:"))
        .findFirst()
        .map(line -> OneLine.of(line, 300))
        .orElseGet(() -> OneLine.of(stderr, 300));
  }
}
