package dev.knight.chaos;

import dev.knight.api.JobView;
import dev.knight.cli.Chaos;
import dev.knight.cli.ChaosReport;
import dev.knight.rehearsal.Fault;
import dev.knight.rehearsal.RehearsalWorld;
import dev.knight.rehearsal.RehearsedService;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** One strike after the other while jobs are worked on; then the quiet in which all has to end. */
final class Campaign {
  /** As many as work at a time, and one that waits. */
  private static final int JOBS_AT_A_TIME = 3;

  /** So many strikes wait at a time; the one whose moment comes first falls. */
  private static final int HAND = 8;

  /**
   * Twice what a new service waits for an answer that was lost, so that the moment after it comes.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** After the last strike: the longest waits of knight's are over by then. */
  private static final Duration QUIET = Duration.ofMinutes(5);

  /** Longer than an undisturbed job takes on a slow machine. */
  private static final Duration FOR_A_JOB = Duration.ofMinutes(1);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /** More dead pis than this are a reason for knight to give a job up. */
  private static final int MOST_FOR_A_JOB = 2;

  private final Chaos.Order order;
  private final PrintWriter progress;
  private final Plan plan;
  private final Tally tally = new Tally();
  private final Map<Integer, Integer> hits = new ConcurrentHashMap<>();
  private final Trigger trigger;
  private final Script script;
  private final Population population;
  private final Stage stage;
  private final Board board;
  private final Instant begin = Instant.now();

  /** What the service worked on when it was killed last. */
  private volatile List<JobView> victims = List.of();

  private volatile List<Population.Bridge> living = List.of();

  Campaign(
      Chaos.Order order,
      List<String> self,
      Map<String, String> environment,
      Path directory,
      PrintWriter progress)
      throws IOException {
    this.order = order;
    this.progress = progress;
    this.plan = new Plan(order.seed());
    this.trigger = new Trigger(this::strike);
    this.script = new Script(trigger::asked, tally::kills);
    this.stage = Stage.open(directory, self, environment, order.seed(), script);
    this.population = new Population(stage.home().root());
    this.board = new Board(stage.home(), this::changed);
  }

  Population population() {
    return population;
  }

  /** Starts nothing any more; for when this program itself is told to end. */
  void end() {
    stage.end();
  }

  ChaosReport run() throws IOException, InterruptedException {
    say(stage.service().awaitReadiness());
    Instant end = begin.plus(order.longest());
    List<Strike> hand = new ArrayList<>();
    while (tally.kills() < order.kills() && Instant.now().isBefore(end)) {
      while (hand.size() < HAND) {
        hand.add(plan.next());
      }
      provide();
      Optional<Blow> blow = attempt(hand);
      if (blow.isEmpty()) {
        blow = attempt(List.of(plan.byChance()));
      }
      if (blow.isPresent()) {
        hand.remove(blow.get().strike());
        followUp(blow.get());
      }
    }
    while (stage.issues().size() < order.jobs() && Instant.now().isBefore(end)) {
      stage.openIssue();
    }
    say("Nothing is killed any more; everything has to end now");
    stage.clearUp();
    Verdict verdict = settle();
    board.close();
    stage.close();
    return report(verdict, processesLeft());
  }

  /** What ends by itself has a moment for it. */
  private int processesLeft() {
    Instant end = Instant.now().plus(PATIENCE);
    while (!population.all().isEmpty() && Instant.now().isBefore(end)) {
      pause();
    }
    return population.all().size();
  }

  /** Sees to it that there is something to be hit. */
  private void provide() {
    long open = stage.issues().size() - board.jobs().stream().filter(Verdict::isOver).count();
    while (open < JOBS_AT_A_TIME) {
      stage.openIssue();
      open++;
    }
  }

  private Optional<Blow> attempt(List<Strike> hand) throws InterruptedException {
    trigger.arm(hand);
    for (Strike strike : hand) {
      switch (strike.moment()) {
        case Moment.Request(String _, String method, String path, boolean after) -> {
          Fault.Place place = Fault.on(method, path);
          Runnable pull = () -> trigger.pull(strike, 0);
          stage.inject(after ? place.dropAfter(pull) : place.dropBefore(pull));
        }
        case Moment.Chance(Duration delay) ->
            Thread.ofVirtual().name("chance").start(() -> pull(strike, delay));
        case Moment.Turn _, Moment.Entered _, Moment.Starting _ -> {}
      }
    }
    Optional<Blow> blow = trigger.await(PATIENCE);
    stage.clearFaults();
    return blow;
  }

  private void pull(Strike strike, Duration delay) {
    try {
      Thread.sleep(delay);
      trigger.pull(strike, 0);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void followUp(Blow blow) throws IOException, InterruptedException {
    tell(blow);
    if (blow.strike().victim() == Victim.SERVICE) {
      revive(blow);
    }
  }

  private void tell(Blow blow) {
    say(
        "%3d/%d  %-7s  %-9s  %s"
            .formatted(
                tally.kills(),
                order.kills(),
                blow.strike().victim().word(),
                blow.step(),
                blow.strike().moment()));
  }

  /** Called by whoever saw the moment. */
  private Optional<Blow> strike(Strike strike, int task) {
    return strike.victim() == Victim.SERVICE ? strikeService(strike) : strikeAgent(strike, task);
  }

  private Optional<Blow> strikeService(Strike strike) {
    victims = board.running();
    living = population.bridges();
    String step = step(strike, victims);
    return Optional.of(tally.add(new Blow(strike, stage.service().kill(), step)));
  }

  private static String step(Strike strike, List<JobView> running) {
    return strike.moment().step().isEmpty()
        ? running.stream().flatMap(job -> job.step().stream()).findFirst().orElse("idle")
        : strike.moment().step();
  }

  private Optional<Blow> strikeAgent(Strike strike, int task) {
    if (hits.getOrDefault(task, 0) >= MOST_FOR_A_JOB && strike.victim() != Victim.TOOL) {
      return Optional.empty();
    }
    Instant end = Instant.now().plusSeconds(3);
    while (Instant.now().isBefore(end)) {
      Optional<ProcessHandle> victim =
          population.bridges().stream()
              .filter(bridge -> task(bridge) == task)
              .flatMap(bridge -> victim(strike.victim(), bridge).stream())
              .findFirst();
      if (victim.isPresent()) {
        Instant at = Instant.now();
        victim.get().destroyForcibly();
        hits.merge(task, strike.victim() == Victim.TOOL ? 0 : 1, Integer::sum);
        return Optional.of(tally.add(new Blow(strike, at, strike.moment().step())));
      }
      pause();
    }
    return Optional.empty();
  }

  private static Optional<ProcessHandle> victim(Victim victim, Population.Bridge bridge) {
    return switch (victim) {
      case SERVICE -> Optional.empty();
      case BRIDGE -> Optional.of(bridge.process());
      case PI -> bridge.pi();
      case TOOL -> bridge.tools().stream().findFirst();
    };
  }

  /** The mention whose job the conversation of {@code bridge} belongs to. */
  private int task(Population.Bridge bridge) {
    long id = Long.parseLong(bridge.conversation().replaceFirst("-.*", ""));
    return board.jobs().stream()
        .filter(job -> job.id() == id)
        .map(job -> stage.task(job.number()))
        .findFirst()
        .orElse(0);
  }

  /** Starts the service again, and waits until it works on what it was killed over. */
  private void revive(Blow blow) throws IOException, InterruptedException {
    RehearsedService next = stage.startAgain();
    Instant killed = blow.at();
    for (Optional<Strike> cut = plan.whileStarting();
        cut.isPresent() && tally.kills() < order.kills();
        cut = plan.whileStarting()) {
      Strike strike = cut.get();
      if (strike.moment() instanceof Moment.Starting(Duration delay)) {
        Thread.sleep(delay);
      }
      killed = next.kill();
      tell(tally.add(new Blow(strike, killed, strike.moment().step())));
      next = stage.startAgain();
    }
    next.awaitReadiness();
    Instant up = Instant.now();
    tally.up(killed, up);
    new Revival(killed, up, board, population, tally).await(victims, living);
  }

  /** Told of each change by the board. */
  private void changed(JobView job, Optional<JobView> before) {
    int task = stage.task(job.number());
    if (!job.step().equals(before.flatMap(JobView::step))) {
      job.step().ifPresent(step -> trigger.entered(task, step));
    }
    boolean asks = job.state().equals("needs-you");
    if (asks && before.filter(was -> was.state().equals(job.state())).isEmpty()) {
      tally.asked(task);
      stage
          .world()
          .comment(
              stage.issues().get(task - 1),
              RehearsalWorld.MAINTAINER,
              "@" + RehearsalWorld.KNIGHT + " please go on");
    }
  }

  /** Waits until every job is over and GitHub shows it, or the time for it is. */
  private Verdict settle() throws InterruptedException {
    long open = stage.issues().size() - board.jobs().stream().filter(Verdict::isOver).count();
    Instant end = Instant.now().plus(QUIET).plus(FOR_A_JOB.multipliedBy(open));
    Verdict verdict = verdict();
    while (!verdict.isSettled() && Instant.now().isBefore(end)) {
      TimeUnit.MILLISECONDS.sleep(500);
      verdict = verdict();
    }
    return verdict;
  }

  private Verdict verdict() {
    return Verdict.of(stage.world(), stage.issues(), board.jobs(), tally::questions);
  }

  private ChaosReport report(Verdict verdict, int left) {
    Script.Calls calls = script.calls();
    Map<String, Integer> states = new TreeMap<>();
    board.jobs().forEach(job -> states.merge(job.state(), 1, Integer::sum));
    return new ChaosReport(
        order.seed(),
        stage.issues().size(),
        states,
        tally.byVictim(),
        tally.byStep(),
        stage.faults(),
        verdict.lost(),
        verdict.pullRequests(),
        verdict.comments(),
        verdict.branches(),
        verdict.silent(),
        tally.questions(),
        tally.upTimes(),
        tally.recoveryTimes(),
        tally.attachedTimes(),
        tally.conversations(),
        tally.reattached(),
        calls.all(),
        calls.repeated(),
        calls.mostForOneKill(),
        left,
        verdict.complaints(),
        Duration.between(begin, Instant.now()).toSeconds());
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(String what) {
    long seconds = Duration.between(begin, Instant.now()).toSeconds();
    progress.println("%5d s  %s".formatted(seconds, what));
    progress.flush();
  }
}
