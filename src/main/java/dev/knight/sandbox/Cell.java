package dev.knight.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One confined program and all that it can see.
 *
 * @param program as seen inside
 * @param directory where it starts, as seen inside
 * @param environment all that it finds in its environment; without a sandbox the caller gives it to
 *     the process itself
 * @param mounts what it sees besides the system, made in this order
 * @param files a directory outside, for its owner alone, into which the sandbox writes what it
 *     needs to start
 */
public record Cell(
    List<String> program,
    Path directory,
    Map<String, String> environment,
    List<Mount> mounts,
    Path files) {
  public Cell {
    if (program.isEmpty()) {
      throw new IllegalArgumentException("A cell needs a program");
    }
    if (!directory.isAbsolute()) {
      throw new IllegalArgumentException("A cell's directory is an absolute path: " + directory);
    }
    program = List.copyOf(program);
    environment = Map.copyOf(environment);
    mounts = List.copyOf(mounts);
  }
}
