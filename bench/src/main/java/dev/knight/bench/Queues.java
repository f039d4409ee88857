package dev.knight.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How fast jobs that do nothing go through what keeps them. */
final class Queues {
  private static final String JOBS = "8000";
  private static final String PACED = "200";

  private Queues() {}

  /** Jobs a second by two workers, and how long one waits until it starts. */
  static Contest store(Place place) {
    List<Contestant> all = new ArrayList<>();
    all.add(new Contestant("knight", () -> knight(place)));
    place
        .scheduler()
        .map(scheduler -> new Contestant("db-scheduler", () -> scheduler(place, scheduler)))
        .ifPresent(all::add);
    place
        .peers()
        .map(peers -> new Contestant(Services.CELERY, () -> celery(place, peers)))
        .ifPresent(all::add);
    return new Contest("store", all);
  }

  /** How often the disk was waited for before work was acknowledged. */
  static Contest fsync(Place place, Town town) {
    List<Contestant> all =
        isHere("strace")
            ? List.of(new Contestant("knight", () -> acknowledged(place, town)))
            : List.of();
    return new Contest("fsync", all, 1);
  }

  private static boolean isHere(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private static Map<String, Double> knight(Place place) throws Exception {
    try (Town town = Town.open(place, "queue")) {
      return Latencies.read(printed(queue(place, town, List.of(), "run", JOBS, PACED)));
    }
  }

  private static Map<String, Double> scheduler(Place place, String classPath) throws Exception {
    return Latencies.read(
        printed(
            place.java(
                "scheduler",
                List.of("-Xmx512m"),
                classPath,
                "dev.knight.bench.peer.SchedulerQueue",
                place.directory("scheduler").resolve("queue").toString(),
                JOBS,
                PACED)));
  }

  private static Map<String, Double> celery(Place place, Path peers) throws Exception {
    int port = Celery.freePort();
    Map<String, String> environment = Celery.environment(place, peers, port);
    Files.deleteIfExists(Path.of(environment.getOrDefault("BENCH_STARTS", "")));
    try (Celery _ = Celery.start(place, peers, port)) {
      String script = place.root().resolve("bench/celery/run.py").toString();
      List<String> words = Place.concat(Celery.python(), List.of(script, JOBS, PACED));
      return Latencies.read(printed(place.command(environment, "celery-run", words)));
    }
  }

  private static Map<String, Double> acknowledged(Place place, Town town) throws Exception {
    Path trace = place.work().resolve("trace");
    List<String> strace =
        List.of("strace", "-f", "-o", trace.toString(), "-e", "trace=fsync,fdatasync,write");
    printed(queue(place, town, strace, "accept", "50"));
    int syncs = 0;
    int least = Integer.MAX_VALUE;
    for (String line : Files.readAllLines(trace)) {
      if (line.contains("\"accepted ")) {
        least = Math.min(least, syncs);
        syncs = 0;
      } else if (line.contains("fsync(") || line.contains("fdatasync(")) {
        syncs++;
      }
    }
    return Map.of("least before an acknowledgement", (double) least);
  }

  private static Command queue(Place place, Town town, List<String> before, String... arguments) {
    Command java =
        place.java(
            "queue", KnightQueue.FLAGS, place.classPath(), KnightQueue.class.getName(), arguments);
    return place.command(town.settings(), "queue", Place.concat(before, java.words()));
  }

  private static List<String> printed(Command command) throws IOException, InterruptedException {
    Files.deleteIfExists(command.log());
    try {
      command.measure(0);
    } catch (IllegalStateException failed) {
      throw new IllegalStateException(Files.readString(command.log()), failed);
    }
    return Files.readAllLines(command.log());
  }
}
