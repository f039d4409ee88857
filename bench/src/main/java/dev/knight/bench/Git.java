package dev.knight.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code git} command, without anybody's configuration. */
final class Git {
  private Git() {}

  /** Starts {@code git ARGUMENTS} in {@code directory}. */
  static Process start(Path directory, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder
        .environment()
        .putAll(Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null"));
    return builder.redirectErrorStream(true).start();
  }

  /** What it says; it must succeed. */
  static String run(Path directory, String... arguments) throws IOException, InterruptedException {
    return said(start(directory, arguments));
  }

  /** What {@code git} says until its end; it must succeed. */
  static String said(Process git) throws IOException, InterruptedException {
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (git.waitFor() != 0) {
      throw new IllegalStateException("git failed: " + said);
    }
    return said;
  }
}
