package dev.knight.bench;

import dev.knight.home.KnightHome;
import dev.knight.job.Subject;
import dev.knight.rehearsal.Rehearsal;
import dev.knight.rehearsal.RehearsalWorld;
import dev.knight.rehearsal.RehearsedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** The stand-in for GitHub and the scripted model, and a home of knight's beside them. */
final class Town implements AutoCloseable {
  static final String MODEL_KEY = "bench-key";

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Rehearsal rehearsal;
  private final Path gitHub;
  private final Place place;
  private final KnightHome home;

  private Town(Rehearsal rehearsal, Path gitHub, Place place, KnightHome home) {
    this.rehearsal = rehearsal;
    this.gitHub = gitHub;
    this.place = place;
    this.home = home;
  }

  /** Opens one, with a home called {@code name}. */
  static Town open(Place place, String name) throws IOException {
    return open(place, name, List.of());
  }

  /** The same where the model says something else, as {@code more} arguments of the rehearsal. */
  static Town open(Place place, String name, List<String> more) throws IOException {
    Path gitHub = place.directory(name + "-github");
    Rehearsal rehearsal =
        Rehearsal.start(
            Place.concat(
                List.of("--directory", gitHub.toString(), "--model-key", MODEL_KEY), more));
    return new Town(rehearsal, gitHub, place, new KnightHome(place.directory(name)));
  }

  /** The stand-in and the model. */
  Rehearsal rehearsal() {
    return rehearsal;
  }

  /** The bare repositories of the stand-in. */
  List<Path> repositories() throws IOException {
    try (Stream<Path> all = Files.walk(gitHub)) {
      return all.filter(path -> Files.isRegularFile(path.resolve("HEAD"))).toList();
    }
  }

  /** That of the service. */
  KnightHome home() {
    return home;
  }

  /** Whether {@code issue} has its final word. */
  boolean isOver(Subject issue) {
    return rehearsal.gitHub().world().comments(issue).stream()
        .anyMatch(comment -> comment.body().startsWith("@" + RehearsalWorld.MAINTAINER));
  }

  /** Waits until {@code done}, which is {@code what}. */
  static void await(String what, Callable<Boolean> done) throws Exception {
    long begin = System.nanoTime();
    while (!done.call()) {
      if (Command.millisSince(begin) > PATIENCE.toMillis()) {
        throw new IllegalStateException("There is no " + what);
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  /** What knight has to be told to live here; it polls as it does for everybody. */
  Map<String, String> settings() {
    Map<String, String> settings =
        RehearsedService.settings(home, rehearsal.gitHub(), rehearsal.model(), MODEL_KEY);
    settings.remove("KNIGHT_POLLING_INTERVAL");
    return settings;
  }

  /** Starts the service and returns when it serves. */
  Daemon serve() throws IOException, InterruptedException {
    return serve(Map.of());
  }

  /** The same with other settings. */
  Daemon serve(Map<String, String> other) throws IOException, InterruptedException {
    Map<String, String> settings = settings();
    settings.putAll(other);
    return Daemon.start(
        place.knight(settings, "serve", "serve"),
        line -> line.startsWith("knight ") && line.contains(" serves "));
  }

  @Override
  public void close() throws IOException {
    rehearsal.close();
  }
}
