package dev.knight.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What {@code scripts/bench} runs. */
final class Bench {
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

  /** Measures, shows, judges; ends with 1 if a goal was missed. */
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
        all.addAll(play(contest));
      }
    }
    Readings readings = new Readings(all);
    out.println(Machine.words(property("commit")));
    out.println();
    new Table(readings, yardsticks).lines().forEach(out::println);
    return judge(goals, readings);
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
        Bridges.delay(place),
        Bridges.readers(place),
        Bridges.sessions(place),
        Polling.of(place),
        Errand.of(place, busy, place.directory("by-hand")),
        Recovery.of(place),
        Endurance.of(place, patient, options.only().isPresent()));
  }

  private List<Reading> play(Contest contest) throws Exception {
    try (Closeable _ = contest.beside().start()) {
      return rounds(contest);
    }
  }

  private List<Reading> rounds(Contest contest) throws Exception {
    List<Reading> readings = new ArrayList<>();
    int rounds = Math.min(options.rounds(), contest.mostRounds());
    for (int round = contest.isLong() ? 1 : 0; round <= rounds; round++) {
      for (Contestant contestant : contest.contestants()) {
        err.printf(
            "%s, %s, %s%n",
            contest.name(), contestant.name(), round == 0 ? "warm-up" : "round " + round);
        Reading reading =
            new Reading(contest.name(), contestant.name(), round, contestant.turn().take());
        if (round > 0) {
          readings.add(reading);
          record(reading);
        }
      }
    }
    return readings;
  }

  private void record(Reading reading) throws IOException {
    Files.writeString(
        options.record(),
        reading.line(Instant.now(), property("commit"), Machine.name()) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

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
    return missed > 0 ? 1 : 0;
  }
}
