package dev.knight.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What {@code scripts/bench} runs. */
final class Bench {
  /** The longest takes five minutes, ten on a busy machine. */
  private static final Limit A_TURN = new Limit(Duration.ofMinutes(20));

  private final Options options;
  private final Place place;
  private final PrintStream out;
  private final PrintStream err;

  private Bench(Options options, Place place, PrintStream out, PrintStream err) {
    this.options = options;
    this.place = place;
    this.out = out;
    this.err = err;
  }

  /**
   * Measures, shows, judges; ends with 1 if a goal was missed, or something could not be measured.
   */
  public static void main(String... args) throws Exception {
    Options options = Options.of(args);
    Place place =
        new Place(
            Path.of(property("root")),
            Path.of(property("jar")),
            Optional.of(property("peers")).filter(Predicate.not(String::isEmpty)).map(Path::of),
            Optional.of(property("scheduler")).filter(Predicate.not(String::isEmpty)),
            Path.of(property("pi")),
            Path.of(property("work")));
    System.exit(new Bench(options, place, System.out, System.err).run());
  }

  private static String property(String name) {
    return System.getProperty("bench." + name, "");
  }

  private int run() throws Exception {
    List<Goal> goals = options.goals().isPresent() ? Goal.load(options.goals().get()) : List.of();
    Files.createDirectories(options.record().toAbsolutePath().getParent());
    List<Reading> all = new ArrayList<>();
    Rounds rounds = new Rounds(options.rounds(), A_TURN, reading -> keep(reading, all), err);
    Map<String, String> yardsticks;
    try (Town town = Town.open(place, "home");
        Town other = Town.open(place, "idle-home");
        Town busy = Town.open(place, "busy-home", Errand.LATENCY);
        Town patient = Town.open(place, "patient-home", Endurance.LIMITS)) {
      List<Contest> contests =
          contests(town, other, busy, patient).stream()
              .filter(contest -> options.wants(contest.name()))
              .toList();
      if (contests.isEmpty()) {
        err.println("knight: there is no such bench: " + options.only().orElse(""));
        return 2;
      }
      yardsticks = contests.stream().collect(Collectors.toMap(Contest::name, Contest::yardstick));
      for (Contest contest : contests) {
        rounds.play(contest);
      }
    }
    Readings readings = new Readings(all);
    out.println(Machine.words(property("commit")));
    out.println();
    new Table(readings, yardsticks).lines().forEach(out::println);
    boolean isMissed = judge(goals, readings) > 0;
    return isMissed || rounds.hasFailed() ? 1 : 0;
  }

  private List<Contest> contests(Town town, Town other, Town busy, Town patient)
      throws IOException {
    return List.of(
        Commands.of(place, town, other),
        Services.start(place, town),
        Services.idle(place, town),
        Queues.store(place),
        Queues.fsync(place, other),
        Worktrees.of(place),
        Fetches.of(place, other),
        Bridges.delay(place),
        Bridges.readers(place),
        Bridges.sessions(place),
        Polling.of(place),
        Errand.of(place, busy, place.directory("by-hand")),
        Recovery.of(place),
        Endurance.of(place, patient, options.only().isPresent()));
  }

  private void keep(Reading reading, List<Reading> all) throws IOException {
    all.add(reading);
    Files.writeString(
        options.record(),
        reading.line(Instant.now(), property("commit"), Machine.name()) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** How many goals were missed; says it of each. */
  private int judge(List<Goal> goals, Readings readings) {
    if (!goals.isEmpty()) {
      out.println();
    }
    int missed = 0;
    for (Goal goal : goals) {
      if (options.wants(goal.bench())) {
        Goal.Result result = goal.judge(readings);
        out.println(result.words());
        missed +=
            switch (result) {
              case Goal.Missed _ -> 1;
              case Goal.Met _, Goal.NotShown _ -> 0;
            };
      }
    }
    return missed;
  }
}
