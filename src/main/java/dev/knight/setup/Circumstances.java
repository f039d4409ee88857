package dev.knight.setup;

import dev.knight.home.KnightHome;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * Where setup takes place.
 *
 * @param home whose settings are made
 * @param file the settings themselves: of the home, or what {@code --config} names
 * @param environment of this process
 * @param version of this knight
 */
public record Circumstances(
    KnightHome home,
    Path file,
    Map<String, String> environment,
    String version,
    InstantSource clock) {
  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

  public Circumstances {
    environment = Map.copyOf(environment);
  }

  /** Where programs are found. */
  String path() {
    return environment.getOrDefault("PATH", USUAL_PATH);
  }
}
