package dev.knight.simulation;

import dev.knight.attempt.Attempt;
import dev.knight.attempt.AttemptInSimulation;
import dev.knight.attempt.Limits;
import dev.knight.gateway.Allowance;
import dev.knight.gateway.Meter;
import dev.knight.gateway.ModelAccess;
import dev.knight.github.GitHub;
import dev.knight.github.Permission;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.intake.Intake;
import dev.knight.intake.PollingSettings;
import dev.knight.intake.TrustSettings;
import dev.knight.job.AttemptListener;
import dev.knight.job.JobId;
import dev.knight.job.JobStore;
import dev.knight.job.Price;
import dev.knight.job.Secret;
import dev.knight.job.Spent;
import dev.knight.publish.OutgoingText;
import dev.knight.publish.PublishSettings;
import dev.knight.publish.Publisher;
import dev.knight.publish.Reporter;
import dev.knight.worker.WorkerPool;
import dev.knight.worker.WorkerSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One life of the service, from its start to its death: the real loops, of which this thread plays
 * one after another, and now and then one in the midst of another.
 */
final class Life {
  static final BigDecimal BUDGET = BigDecimal.valueOf(5);
  private static final Limits LIMITS =
      new Limits(Duration.ofMinutes(60), BUDGET, Duration.ofMinutes(5), 2, 3);
  private static final int DEEPEST = 3;

  /** What the ticker ticks. */
  private enum Loop {
    POLL,
    WORK,
    REPORT
  }

  private final World world;
  private final String name;
  private final Border border;
  private final Intake intake;
  private final WorkerPool workers;
  private final Reporter reporter;
  private final Deque<Runnable> ready = new ArrayDeque<>();
  private final Set<Loop> busy = EnumSet.noneOf(Loop.class);
  private boolean dead;
  private boolean woken;
  private int depth;

  Life(World world, int number) {
    this.world = world;
    this.name = "knight-" + number;
    this.border = new Border(world, this);
    InstantSource clock = world.clock();
    JobStore store = border.store(world.store());
    GitHub github = border.github(world.github());
    OutgoingText outgoing = new OutgoingText(new Redactor(new KnownSecrets()));
    this.intake =
        new Intake(
            github,
            store,
            new PollingSettings(true, Duration.ofSeconds(10), world.repositories(), Set.of()),
            new TrustSettings(Permission.WRITE, Set.of(), 1_000, 1_000),
            outgoing,
            clock);
    this.reporter = new Reporter(github, store, outgoing, PublishSettings.standard(), clock);
    Attempt attempt =
        AttemptInSimulation.of(
            github,
            store,
            world.mirrors(),
            world.agent().at((talk, key) -> border.passes(place(talk, key), talk + " " + key, 40)),
            new Doors(world),
            (command, directory) -> {
              border.passes("command " + command, "", 60);
              return world.checks().passes(command, directory);
            },
            new Publisher(
                github,
                store,
                outgoing,
                PublishSettings.standard(),
                clock,
                wait -> border.waits(wait)),
            LIMITS,
            world.home(),
            clock,
            world.dice());
    this.workers =
        new WorkerPool(
            store,
            attempt,
            new WorkerSettings(2, 2, name),
            clock,
            world.dice(),
            ready::add,
            AttemptListener.NONE);
  }

  /** The way to the model, which costs what the agent's requests cost. */
  private record Doors(World world) implements ModelAccess {
    @Override
    public Meter meter(JobId job) {
      return new Meter() {
        @Override
        public Spent spent() {
          return world.agent().costs(job).values().stream().reduce(Spent.NOTHING, Spent::plus);
        }

        @Override
        public Spent spent(String conversation) {
          return world.agent().costs(job).getOrDefault(conversation, Spent.NOTHING);
        }

        @Override
        public Spent estimated(String conversation) {
          return Spent.NOTHING;
        }
      };
    }

    @Override
    public void open(String conversation, int attempt, Allowance allowance) {}

    @Override
    public void close(String conversation) {}

    @Override
    public URI addressFor(String conversation) {
      return URI.create("http://127.0.0.1:1/model/" + conversation);
    }

    @Override
    public Secret tokenFor(String conversation, int attempt) {
      return new Secret("token-of-" + conversation + "-" + attempt);
    }

    @Override
    public void quote(String model, Price price) {}
  }

  private static String place(String talk, String key) {
    return "agent " + (talk.contains("review") ? "reviewer " : "") + key.split(" ", 2)[0];
  }

  /** Goes on with what an earlier life left. */
  void start() {
    root(workers::takeBack);
  }

  /** Takes nothing from anybody: another service lives beside it. */
  void startBeside() {
    world.tell(name + " works beside");
  }

  void wake() {
    woken = !dead;
  }

  Border border() {
    return border;
  }

  boolean isDead() {
    return dead;
  }

  @Override
  public String toString() {
    return name;
  }

  /**
   * Nothing is done by the dead.
   *
   * @throws Crash if this one is
   */
  void live() {
    if (dead) {
      throw new Crash(name);
    }
  }

  /** Ends it, here and now. */
  Crash kill(String where) {
    dead = true;
    world.tell(name + " is killed at " + where);
    return new Crash(where);
  }

  /** Ends in order: what it had claimed and not begun is left to its lease. */
  void leave() {
    ready.clear();
    dead = true;
  }

  /** Does one thing that is due, whatever it is. */
  void act() {
    List<Runnable> possible = new ArrayList<>();
    for (Loop loop : Loop.values()) {
      if (!busy.contains(loop)) {
        possible.add(() -> tick(loop));
      }
    }
    if (!ready.isEmpty()) {
      possible.add(this::attempt);
      possible.add(this::attempt);
    }
    if (woken && !busy.contains(Loop.WORK)) {
      possible.add(this::awake);
    }
    if (!possible.isEmpty()) {
      possible.get(world.dice().nextInt(possible.size())).run();
    }
  }

  /** Does everything that is due. */
  void actOnAll() {
    for (Loop loop : Loop.values()) {
      tick(loop);
    }
    while (!ready.isEmpty() && !dead) {
      attempt();
    }
  }

  /** Does something else in the midst of a call, as another thread would. */
  void meanwhile() {
    if (depth < DEEPEST) {
      act();
    }
  }

  private void tick(Loop loop) {
    busy.add(loop);
    try {
      root(() -> {
        switch (loop) {
          case POLL -> intake.runOnce();
          case WORK -> {
            workers.beat();
            workers.runOnce();
          }
          case REPORT -> reporter.runOnce();
        }
      });
    } finally {
      busy.remove(loop);
    }
  }

  private void awake() {
    woken = false;
    busy.add(Loop.WORK);
    try {
      root(workers::runOnce);
    } finally {
      busy.remove(Loop.WORK);
    }
  }

  private void attempt() {
    Runnable next = ready.removeFirst();
    root(next);
  }

  /** The root of one thread: here ends what a death unwinds. */
  private void root(Runnable work) {
    if (dead) {
      return;
    }
    depth++;
    Border before = world.enter(border);
    try {
      work.run();
    } catch (Crash crash) {
      if (!dead) {
        throw crash;
      }
    } finally {
      world.enter(before);
      depth--;
    }
  }
}
