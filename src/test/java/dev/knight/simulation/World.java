package dev.knight.simulation;

import dev.knight.fake.FakeAgent;
import dev.knight.fake.FakeGitHub;
import dev.knight.fake.MemoryJobStore;
import dev.knight.git.Mirrors;
import dev.knight.git.SharedObjects;
import dev.knight.github.Page;
import dev.knight.home.KnightHome;
import dev.knight.job.Job;
import dev.knight.job.RepositoryName;
import dev.knight.job.UnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A world of one seed: what outlives the service, the time, and what goes wrong. */
final class World implements AutoCloseable {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  /** Other threads get their say this often in the midst of a call. */
  private static final double MEANWHILE = 0.1;

  private static final int STEPS = 250;

  /** Once nothing goes wrong any more: enough for every wait that knight knows. */
  private static final int CALM_STEPS = 2_500;

  private final long seed;
  private final Plan plan;
  private final RandomGenerator dice;
  private final KnightHome home;
  private final SharedObjects git;
  private final FakeGitHub github;
  private final FakeAgent agent;
  private final MemoryJobStore store = new MemoryJobStore();
  private final Trace trace = new Trace();
  private final Checks checks;
  private final People people;
  private final Invariants invariants;
  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final List<RepositoryName> repositories = new ArrayList<>();
  private Odds odds = Odds.NONE;
  private Instant now = NOON;
  private Duration skew = Duration.ZERO;
  private Instant limitedUntil = Instant.MIN;
  private final Mirrors mirrors;
  private Border border;
  private Life life;
  private boolean calm = true;
  private boolean beside;

  /**
   * Stood still while another worked, and is not killed for that: what it then sends, later than
   * anybody looks for it, and can note no more, shows twice for good.
   */
  private @Nullable Life awoken;

  private int lives;
  private long calls;
  private long crashes;
  private long lost;
  private long pauses;
  private long jumps;

  /**
   * What is tried in a world.
   *
   * @param odds what goes wrong by chance; empty: of everything a little
   * @param crashAt where the service is killed for certain; empty: nowhere
   * @param times at which time that it comes there
   * @param sabotage what is broken on purpose
   */
  record Plan(Optional<Odds> odds, String crashAt, int times, Sabotage sabotage) {
    static final Plan ANYTHING = new Plan(Optional.empty(), "", 0, Sabotage.NONE);
    static final Plan LAG = new Plan(Optional.of(Odds.LAG), "", 0, Sabotage.NONE);
    static final Plan NOTHING = new Plan(Optional.of(Odds.NONE), "", 0, Sabotage.NONE);

    static Plan crash(String place, int times) {
      return new Plan(Optional.of(Odds.LAG), place, times, Sabotage.NONE);
    }

    static Plan broken(Sabotage sabotage) {
      return switch (sabotage) {
        // Two lives have to come to the same job's pull request, which is rare by chance.
        case BRANCHES_ARE_NAMED_BY_EACH_LIFE ->
            new Plan(Optional.of(Odds.LAG), "github.open >", 1, sabotage);
        case NONE, COMMENTS_ARE_NOT_LOOKED_FOR, WRITES_ARE_NOT_FENCED ->
            new Plan(Optional.empty(), "", 0, sabotage);
      };
    }
  }

  World(long seed, Plan plan, Path directory) {
    this.seed = seed;
    this.plan = plan;
    this.dice = new SplittableRandom(seed);
    this.home = new KnightHome(directory);
    this.github = new FakeGitHub(() -> now, this::lag);
    this.git = new SharedObjects(home, repository -> github.at(repository).branches());
    this.checks = new Checks(this);
    this.agent = new FakeAgent(new Mind(this));
    this.people = new People(this);
    this.invariants = new Invariants(this, people, checks);
    people.build(repositories);
    this.mirrors =
        git.mirrors(
            new SharedObjects.Wire() {
              @Override
              public <T> T through(String call, Supplier<T> made) {
                return border.through(call, made);
              }
            });
    this.life = born();
    this.border = life.border();
  }

  /** The one who acts now is {@code acting}; returns who did before. */
  Border enter(Border acting) {
    Border before = border;
    border = acting;
    return before;
  }

  // ---- the story

  /** Plays it to its end, and looks whether everything is as it must be. */
  void play() {
    firstContact();
    odds = plan.odds().orElseGet(() -> Odds.of(dice));
    calm = false;
    tell("odds " + odds);
    for (int step = 0; step < STEPS && !(people.areDone() && isAtRest()); step++) {
      pass(1 + dice.nextLong(10));
      next().act();
    }
    odds = Odds.NONE;
    calm = true;
    tell("calm");
    int step = 0;
    while (!(people.areDone() && isAtRest())) {
      if (++step > CALM_STEPS) {
        throw invariants.broken(
            "I7: nothing goes wrong any more, and there is no end: " + unrest());
      }
      pass(step < 200 ? 5 : 30);
      next().actOnAll();
      people.answer();
    }
    settle();
    invariants.hold();
  }

  private void firstContact() {
    for (int step = 0; step < 5; step++) {
      life.actOnAll();
      pass(70);
    }
    pass(300);
    people.begin();
  }

  /** What comes late, as the repair of what lag let through, may come now. */
  private void settle() {
    for (int step = 0; step < 20; step++) {
      pass(10);
      next().actOnAll();
    }
  }

  private Life next() {
    if (life.isDead()) {
      agent.orphan(_ -> dice.nextDouble() < odds.outlives());
      life = born();
      life.start();
    }
    return life;
  }

  private Life born() {
    return new Life(this, ++lives);
  }

  private boolean isAtRest() {
    return !life.isDead() && unrest().isEmpty();
  }

  private String unrest() {
    return invariants.unrest();
  }

  // ---- what goes wrong

  /** The world has its way at {@code place}. */
  void happens(Life who, String place, boolean outside) {
    calls++;
    int time = calm ? 0 : places.merge(place, 1, Integer::sum);
    if (!calm && place.equals(plan.crashAt()) && time == plan.times()) {
      crashes++;
      throw who.kill(place);
    }
    if (outside) {
      now = now.plusMillis(dice.nextLong(2_000));
    }
    people.act();
    if (roll(odds.crash()) && !who.equals(awoken)) {
      crashes++;
      throw who.kill(place);
    }
    if (roll(odds.jump())) {
      jump();
    }
    if (roll(odds.pause()) && !beside) {
      pause(who);
    }
    if (outside && roll(MEANWHILE)) {
      who.meanwhile();
    }
    who.live();
  }

  Sabotage sabotage() {
    return plan.sabotage();
  }

  /** I10: what is over stays as it is. */
  void watches(@Nullable Object stored) {
    if (stored instanceof Optional<?> there && there.orElse(null) instanceof Job job) {
      invariants.stays(job);
    }
  }

  private void jump() {
    jumps++;
    if (dice.nextBoolean()) {
      skew = Duration.ofSeconds(new int[] {0, 1, -1, 3600, -3600}[dice.nextInt(5)]);
      tell("the clock is off by " + skew);
    } else {
      Duration sleep = Duration.ofMinutes(dice.nextLong(180));
      now = now.plus(sleep);
      tell("the machine slept for " + sleep);
    }
  }

  /** {@code who} stands still, and another service works. */
  private void pause(Life who) {
    pauses++;
    beside = true;
    tell(who + " stands still");
    pass(30 + dice.nextLong(150));
    Life other = born();
    other.startBeside();
    int acts = 5 + dice.nextInt(40);
    for (int act = 0; act < acts && !other.isDead(); act++) {
      other.act();
      pass(1 + dice.nextLong(5));
    }
    other.leave();
    beside = false;
    awoken = who;
    tell(who + " goes on");
  }

  /** GitHub wants a pause, or has a problem. */
  void obeysLimit() {
    if (now.isBefore(limitedUntil)) {
      throw new UnavailableException("GitHub wants a pause", Optional.of(limitedUntil.plus(skew)));
    }
    if (roll(odds.refused())) {
      if (dice.nextBoolean()) {
        limitedUntil = now.plusSeconds(60);
        tell("GitHub wants a pause of a minute");
        throw new UnavailableException(
            "GitHub wants a pause", Optional.of(limitedUntil.plus(skew)));
      }
      tell("GitHub has a problem of its own");
      throw Border.away("GitHub has a problem of its own");
    }
  }

  /** The message may be lost. */
  void mayLose(String message) {
    if (roll(odds.lost())) {
      lost++;
      tell(message);
      throw Border.away(message);
    }
  }

  /** The page as it arrives. */
  <T> Page.Items<T> page(Page.Items<T> page) {
    if (page.items().isEmpty() || !roll(odds.pages())) {
      return page;
    }
    tell("a page is not as it should be");
    List<T> items = new ArrayList<>(page.items());
    switch (page.isFull() ? 0 : dice.nextInt(4)) {
      case 0 -> throw Border.away("GitHub's answer is cut");
      case 1 -> items.addAll(page.items());
      case 2 -> items.addFirst(items.removeLast());
      default -> items.removeLast();
    }
    Optional<String> etag = Optional.of("\"odd-%08x\"".formatted(items.hashCode()));
    return new Page.Items<>(items, etag, page.answeredAt(), page.next());
  }

  private Duration lag() {
    return roll(odds.late()) ? Duration.ofMillis(dice.nextLong(30_000)) : Duration.ZERO;
  }

  private boolean roll(double odd) {
    return odd > 0 && dice.nextDouble() < odd;
  }

  // ---- time, chance, and the story

  void pass(long seconds) {
    now = now.plusSeconds(seconds);
    people.act();
  }

  /** The true time. */
  Instant now() {
    return now;
  }

  /** The clock that knight sees. */
  InstantSource clock() {
    return () -> now.plus(skew);
  }

  RandomGenerator dice() {
    return dice;
  }

  boolean isCalm() {
    return calm;
  }

  void tell(String line) {
    trace.add(now, line);
  }

  Trace trace() {
    return trace;
  }

  // ---- what outlives the service

  KnightHome home() {
    return home;
  }

  SharedObjects git() {
    return git;
  }

  Mirrors mirrors() {
    return mirrors;
  }

  FakeGitHub github() {
    return github;
  }

  FakeAgent agent() {
    return agent;
  }

  MemoryJobStore store() {
    return store;
  }

  Checks checks() {
    return checks;
  }

  List<RepositoryName> repositories() {
    return repositories;
  }

  /** Each place where the world had its way, and how often. */
  Map<String, Integer> places() {
    return places;
  }

  long seed() {
    return seed;
  }

  Counts counts() {
    return new Counts(
        1, calls, crashes, lost, pauses, jumps, store.jobs(1_000).size(), agent.repeated());
  }

  @Override
  public void close() {
    mirrors.close();
    SharedObjects.remove(home.root());
  }
}
