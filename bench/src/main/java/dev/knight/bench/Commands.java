package dev.knight.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** How long a person waits for a client command, beside a JVM that does nothing. */
final class Commands {
  private static final List<String> FLAGS = List.of("-XX:TieredStopAtLevel=1");

  private Commands() {}

  static Contest of(Place place, Town serving, Town idle) {
    return new Contest(
            "commands",
            List.of(
                knight("knight --version", place, idle, "--version"),
                knight("knight jobs, no service", place, idle, "jobs"),
                knight("knight jobs, service runs", place, serving, "jobs"),
                new Contestant(
                    "bare JVM",
                    () ->
                        place
                            .java("hello", FLAGS, place.classPath(), Hello.class.getName())
                            .measure(0))))
        .beside(() -> settled(serving));
  }

  /** Who asks a service seldom does so while it starts. */
  private static Daemon settled(Town serving) throws IOException, InterruptedException {
    Daemon service = serving.serve();
    Thread.sleep(Services.SETTLE);
    return service;
  }

  private static Contestant knight(String name, Place place, Town town, String... arguments) {
    Map<String, String> settings = town.settings();
    return new Contestant(name, () -> place.knight(settings, "command", arguments).measure(0));
  }
}
