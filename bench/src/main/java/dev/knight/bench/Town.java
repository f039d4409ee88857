package dev.knight.bench;

import dev.knight.home.KnightHome;
import dev.knight.rehearsal.Rehearsal;
import dev.knight.rehearsal.RehearsedService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The stand-in for GitHub and the scripted model, and a home of knight's beside them. */
final class Town implements AutoCloseable {
  private static final String MODEL_KEY = "bench-key";

  private final Rehearsal rehearsal;
  private final Place place;
  private final KnightHome home;

  private Town(Rehearsal rehearsal, Place place, KnightHome home) {
    this.rehearsal = rehearsal;
    this.place = place;
    this.home = home;
  }

  /** Opens one, with a home called {@code name}. */
  static Town open(Place place, String name) throws IOException {
    Path gitHub = place.directory(name + "-github");
    Rehearsal rehearsal =
        Rehearsal.start(List.of("--directory", gitHub.toString(), "--model-key", MODEL_KEY));
    return new Town(rehearsal, place, new KnightHome(place.directory(name)));
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
    return Daemon.start(
        place.knight(settings(), "serve", "serve"),
        line -> line.startsWith("knight ") && line.contains(" serves "));
  }

  @Override
  public void close() throws IOException {
    rehearsal.close();
  }
}
