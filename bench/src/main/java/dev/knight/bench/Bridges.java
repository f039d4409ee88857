package dev.knight.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a bridge adds between pi and those who listen. */
final class Bridges {
  private static final int WARM_UP = 20_000;
  private static final int PACED = 500;
  private static final int PACE_MILLIS = 4;
  private static final int BURST = 100_000;

  /** A model's usual pace is tens of words a second, and for most of a job pi runs a tool. */
  private static final int SESSION_PACE_MILLIS = 100;

  private static final int SESSIONS = 64;

  /** By then a bridge's JVM has seen enough records to have compiled what they need. */
  private static final Duration WARM = Duration.ofMinutes(1);

  private static final Duration WATCHED = Duration.ofSeconds(20);
  private static final Pattern AT = Pattern.compile("\"at\":\"([0-9]+)\"");
  private static final Pattern BYTES = Pattern.compile("\"bytes\":([0-9]+)");
  private static final Pattern TOOK = Pattern.compile("\"tookMillis\":([0-9.]+)");

  private final Place place;

  private Bridges(Place place) {
    this.place = place;
  }

  /** From pi's writing a record until a reader has it, beside an echo on a bare socket. */
  static Contest delay(Place place) {
    Bridges bridges = new Bridges(place);
    return new Contest(
        "bridge",
        List.of(
            new Contestant("knight", bridges::delay), new Contestant("bare echo", bridges::echo)));
  }

  /** What pi gets rid of while somebody does not read. */
  static Contest readers(Place place) {
    Bridges bridges = new Bridges(place);
    return new Contest(
        "readers",
        List.of(
            new Contestant("knight, one stalled and one gone", () -> bridges.burst(true)),
            new Contestant("knight, all read", () -> bridges.burst(false))));
  }

  /** What many bridges cost while their pis talk. */
  static Contest sessions(Place place) {
    return new Contest(
        "sessions", List.of(new Contestant("knight", new Bridges(place)::sessions)), 1);
  }

  private Map<String, Double> delay() throws Exception {
    try (LiveBridge bridge = LiveBridge.start(place);
        LiveBridge.Reader reader = bridge.read()) {
      reader.prompt("warm", WARM_UP, 0);
      settled(reader);
      reader.prompt("paced", PACED, PACE_MILLIS);
      List<Double> micros = new ArrayList<>();
      long bytes = 0;
      String line = reader.next();
      Matcher end = BYTES.matcher(line);
      while (!end.find()) {
        Matcher at = AT.matcher(line);
        if (at.find()) {
          micros.add((System.nanoTime() - Long.parseLong(at.group(1))) / 1e3);
          bytes += line.length() + 1;
        }
        line = reader.next();
        end.reset(line);
      }
      Map<String, Double> figures = figures(micros);
      figures.put("bytes read / written by pi", bytes / Double.parseDouble(end.group(1)));
      return figures;
    }
  }

  private Map<String, Double> echo() throws Exception {
    Path socket = place.directory("echo").resolve("s");
    List<String> words =
        List.of(
            "node", place.root().resolve("bench/bridge/echo.mjs").toString(), socket.toString());
    try (Daemon _ = Daemon.start(place.command(Map.of(), "echo", words), "listens"::equals);
        LiveBridge.Reader reader = LiveBridge.Reader.of(socket)) {
      String record = "{\"type\":\"message_update\",\"filler\":\"%s\"}".formatted("x".repeat(470));
      rounds(reader, record, WARM_UP / 10, 0);
      return figures(rounds(reader, record, PACED, PACE_MILLIS));
    }
  }

  private static List<Double> rounds(LiveBridge.Reader reader, String record, int count, int millis)
      throws Exception {
    List<Double> micros = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Thread.sleep(millis);
      long begin = System.nanoTime();
      reader.say(record);
      reader.next();
      micros.add((System.nanoTime() - begin) / 1e3);
    }
    return micros;
  }

  private static Map<String, Double> figures(List<Double> micros) {
    Spread spread = new Spread(micros.stream().sorted().toList());
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("delay p50 µs", spread.quantile(0.5));
    figures.put("delay p99 µs", spread.quantile(0.99));
    return figures;
  }

  private Map<String, Double> burst(boolean isHindered) throws Exception {
    try (LiveBridge bridge = LiveBridge.start(place);
        LiveBridge.Reader reader = bridge.read();
        LiveBridge.Reader other = bridge.read()) {
      reader.prompt("warm", WARM_UP, 0);
      settled(reader);
      if (isHindered) {
        bridge.read().close();
      } else {
        Thread.ofPlatform().daemon().start(() -> drain(other));
      }
      reader.prompt("burst", BURST, 0);
      return Map.of("records/s", BURST / (settled(reader) / 1e3));
    }
  }

  /** Reads as a dashboard would, until one of the two ends. */
  private static void drain(LiveBridge.Reader reader) {
    try {
      while (true) {
        reader.next();
      }
    } catch (IOException over) {
      return;
    }
  }

  /** Reads until pi has said all; returns how many milliseconds it took to get rid of it. */
  private static double settled(LiveBridge.Reader reader) throws IOException {
    Matcher took = TOOK.matcher(reader.next());
    while (!took.find()) {
      took.reset(reader.next());
    }
    return Double.parseDouble(took.group(1));
  }

  private Map<String, Double> sessions() throws Exception {
    List<LiveBridge> bridges = new ArrayList<>();
    try {
      for (int i = 0; i < SESSIONS; i++) {
        LiveBridge bridge = LiveBridge.start(place);
        bridges.add(bridge);
        LiveBridge.Reader reader = bridge.read();
        reader.prompt("live", Integer.MAX_VALUE, SESSION_PACE_MILLIS);
        Thread.ofPlatform().daemon().start(() -> drain(reader));
      }
      Thread.sleep(WARM);
      double before = cpu(bridges);
      Thread.sleep(WATCHED);
      double share = (cpu(bridges) - before) * 100 / WATCHED.toMillis();
      long memory = usages(bridges).mapToLong(Usage::pssKib).sum();
      return Map.of("CPU % of a core", share, "PSS MiB each", memory / 1024.0 / SESSIONS);
    } finally {
      bridges.forEach(LiveBridge::close);
    }
  }

  private static double cpu(List<LiveBridge> bridges) {
    return usages(bridges).mapToDouble(Usage::cpuMillis).sum();
  }

  private static Stream<Usage> usages(List<LiveBridge> bridges) {
    return bridges.stream().map(LiveBridge::usage);
  }
}
