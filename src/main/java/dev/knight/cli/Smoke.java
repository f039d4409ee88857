package dev.knight.cli;

import java.nio.file.Path;
import java.util.Optional;

/** One job on a stand-in for GitHub, with the sandbox, pi and the model of the real settings. */
@FunctionalInterface
public interface Smoke {
  /**
   * Plays it.
   *
   * @param config the file that {@code --config} names
   * @param terminal told what happens
   * @return the exit code
   */
  int play(Optional<Path> config, Terminal terminal);
}
