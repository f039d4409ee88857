package dev.knight.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** From nothing to ready, and what it costs to be ready. */
final class Services {
  static final String CELERY = "Celery + Redis";

  /** What is done once after the start is done by then, and the memory for it given back. */
  static final Duration SETTLE = Duration.ofSeconds(20);

  /** What a JVM still compiles of a start, and what is done once in the first minute, is over. */
  private static final Duration QUIET = Duration.ofMinutes(2);

  private static final Duration IDLE = Duration.ofSeconds(60);

  /** The last of the three that knight looks through. */
  private static final String LAST_LIST = "/pulls/comments";

  private Services() {}

  /** How long a start takes, and how much memory is used soon after. */
  static Contest start(Place place, Town town) {
    return new Contest("start", contestants(place, town, Duration.ZERO));
  }

  /** What a minute of nothing to do costs, where knight has looked before. */
  static Contest idle(Place place, Town town) {
    return new Contest("idle", contestants(place, town, IDLE), 1)
        .beside(() -> {
          try (Daemon _ = town.serve()) {
            Town.await("look at GitHub", () -> hasLooked(town));
          }
          return () -> {};
        });
  }

  /** Whom knight sees for the first time it watches closely for some minutes. */
  private static boolean hasLooked(Town town) {
    return town.rehearsal().gitHub().requests().stream()
        .anyMatch(request -> request.path().endsWith(LAST_LIST));
  }

  private static List<Contestant> contestants(Place place, Town town, Duration idle) {
    List<Contestant> all = new ArrayList<>();
    all.add(new Contestant("knight", () -> knight(town, idle)));
    place
        .peers()
        .map(peers -> new Contestant(CELERY, () -> celery(place, peers, idle)))
        .ifPresent(all::add);
    return all;
  }

  private static Map<String, Double> knight(Town town, Duration idle) throws Exception {
    long begin = System.nanoTime();
    try (Daemon service = town.serve()) {
      double ready = Command.millisSince(begin);
      return figures(ready, idle, () -> List.of(service.usage()));
    }
  }

  private static Map<String, Double> celery(Place place, Path peers, Duration idle)
      throws Exception {
    int port = Celery.freePort();
    long begin = System.nanoTime();
    try (Celery celery = Celery.start(place, peers, port)) {
      double ready = Command.millisSince(begin);
      return figures(ready, idle, celery::usage);
    }
  }

  private static Map<String, Double> figures(
      double ready, Duration idle, Supplier<List<Usage>> usage) throws InterruptedException {
    Map<String, Double> figures = new LinkedHashMap<>();
    if (idle.isZero()) {
      figures.put("ready ms", ready);
      figures.put("CPU until ready ms", cpu(usage));
    }
    Thread.sleep(idle.isZero() ? SETTLE : QUIET);
    figures.put("PSS MiB", usage.get().stream().mapToLong(Usage::pssKib).sum() / 1024.0);
    figures.put("peak RSS MiB", usage.get().stream().mapToLong(Usage::peakKib).sum() / 1024.0);
    if (idle.isPositive()) {
      double before = cpu(usage);
      Thread.sleep(idle);
      figures.put("idle CPU % of a core", (cpu(usage) - before) * 100 / idle.toMillis());
    }
    return figures;
  }

  private static double cpu(Supplier<List<Usage>> usage) {
    return usage.get().stream().mapToDouble(Usage::cpuMillis).sum();
  }
}
