package dev.knight.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What it costs to watch repositories in which nothing happens. All are watched during the same two
 * minutes, each by a service of its own before a GitHub of its own: it is requests that are
 * counted.
 */
final class Polling {
  private static final Duration WATCHED = Duration.ofMinutes(2);

  /** Above it one question is asked for all, and each is looked at every quarter of an hour. */
  private static final int MANY = 150;

  private static final int LISTS = 3;
  private static final int REST_MINUTES = 15;
  private static final int COMPARED = 100;
  private static final String BY_HAND = "by hand, 100 repositories";
  private static final Duration HOUR = Duration.ofHours(1);

  private final Place place;
  private final Map<String, Map<String, Double>> measured = new LinkedHashMap<>();

  private Polling(Place place) {
    this.place = place;
  }

  /** Watching 1, 10, 100 and 1,000 repositories, beside a script that watches 100 of them. */
  static Contest of(Place place) {
    Polling polling = new Polling(place);
    List<Contestant> all = new ArrayList<>();
    IntStream.of(1, 10, COMPARED, 1_000)
        .mapToObj(size -> new Contestant(words(size), () -> polling.figures(words(size))))
        .forEach(all::add);
    all.add(new Contestant(BY_HAND, () -> polling.figures(BY_HAND)));
    return new Contest("poll", all, 1);
  }

  private static String words(int size) {
    return size == 1 ? "1 repository" : "%,d repositories".formatted(size);
  }

  private Map<String, Double> figures(String who) throws Exception {
    if (measured.isEmpty()) {
      measure();
    }
    return Optional.ofNullable(measured.get(who)).orElseThrow();
  }

  /**
   * A street and whoever watches it.
   *
   * @param arithmetic how many requests there have to be in a minute
   */
  private record Watched(String who, Street street, Daemon watcher, double arithmetic) {}

  private void measure() throws Exception {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    try {
      List<Watched> all = new ArrayList<>();
      for (int size : List.of(1, 10, COMPARED, 1_000)) {
        Street street = opened(open, Street.open(place, "poll-" + size, size));
        all.add(
            new Watched(words(size), street, opened(open, knight(street, size)), arithmetic(size)));
      }
      Street street = opened(open, Street.open(place, "poll-by-hand", COMPARED));
      Daemon script = opened(open, Daemon.start(byHand(street), "ready"::equals));
      all.add(new Watched(BY_HAND, street, script, LISTS * COMPARED));
      for (Watched one : all) {
        one.street().await(asked -> isAtRest(asked, one.street().names().size()));
      }
      watch(all);
    } finally {
      while (!open.isEmpty()) {
        open.pop().close();
      }
    }
  }

  private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> open, T one) {
    open.push(one);
    return one;
  }

  /** The service, with a home that has watched all of them before. */
  private Daemon knight(Street street, int size) throws Exception {
    String log = "poll-" + size;
    Command streams =
        place.java(
            log + "-streams", KnightQueue.FLAGS, place.classPath(), KnightStreams.class.getName());
    place
        .command(
            street.settings(), log + "-streams", Place.concat(streams.words(), street.anchor()))
        .measure(0);
    return Daemon.start(
        place.knight(street.settings(), log, "serve"),
        line -> line.startsWith("knight ") && line.contains(" serves "));
  }

  private Command byHand(Street street) throws Exception {
    Path headers = Files.write(place.work().resolve("poll-headers"), Street.headers());
    List<String> words =
        List.of(
            place.root().resolve("bench/poll/by-hand").toString(),
            street.apiUrl().toString(),
            headers.toString());
    return place.command(Map.of(), "poll-by-hand", Place.concat(words, street.names()));
  }

  /** What is asked once after a start was asked. */
  private static boolean isAtRest(List<String> asked, int size) {
    return size > MANY
        ? asked.contains("/issues")
        : asked.stream().filter(path -> path.endsWith("/pulls/comments")).count() >= size;
  }

  private static double arithmetic(int size) {
    return size > MANY ? 1 + (double) LISTS * size / REST_MINUTES : LISTS * size;
  }

  private void watch(List<Watched> all) throws InterruptedException {
    all.forEach(one -> one.street().forget());
    List<Double> before = all.stream().map(one -> one.watcher().usage().cpuMillis()).toList();
    Thread.sleep(WATCHED);
    List<Map<Boolean, Long>> requests = all.stream().map(one -> one.street().requests()).toList();
    for (int i = 0; i < all.size(); i++) {
      measured.put(all.get(i).who(), figures(all.get(i), requests.get(i), before.get(i)));
    }
  }

  private static Map<String, Double> figures(
      Watched one, Map<Boolean, Long> requests, double cpuBefore) {
    Usage usage = one.watcher().usage();
    double free = requests.getOrDefault(true, 0L);
    double counted = requests.getOrDefault(false, 0L);
    double hours = (double) HOUR.dividedBy(WATCHED);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("requests an hour", (free + counted) * hours);
    figures.put("of the quota an hour", counted * hours);
    figures.put(
        "requests / arithmetic", (free + counted) / (one.arithmetic() * WATCHED.toMinutes()));
    figures.put("answered 304 %", free * 100 / (free + counted));
    figures.put("CPU % of a core", (usage.cpuMillis() - cpuBefore) * 100 / WATCHED.toMillis());
    figures.put("PSS MiB", usage.pssKib() / 1024.0);
    return figures;
  }
}
