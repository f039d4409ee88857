package dev.knight.systemd;

import dev.knight.home.OtherProgram;
import dev.knight.home.OtherProgram.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs systemd's own programs, as the caller's shell would find them. */
final class Command {
  private static final Ended KILLED = new Ended(128, "");

  private final Map<String, String> environment;

  Command(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Where {@code program} is, if it is on the {@code PATH}. */
  Optional<Path> find(String program) {
    return OtherProgram.find(program, environment.getOrDefault("PATH", "/usr/bin:/bin"));
  }

  /** Runs {@code words} to its end, which comes within {@code limit}, with an empty input. */
  Ended run(Duration limit, List<String> words) throws IOException {
    Map<String, String> english = new HashMap<>(environment);
    english.put("LC_ALL", "C.UTF-8");
    try {
      return new OtherProgram(found(words), english)
          .run(limit)
          .map(ended -> new Ended(ended.code(), ended.said().strip()))
          .orElse(KILLED);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return KILLED;
    }
  }

  /** Runs {@code words} on the caller's own terminal, until it ends or the caller ends it. */
  int show(List<String> words) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(found(words)).inheritIO();
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      return process.waitFor();
    } catch (InterruptedException _) {
      process.destroy();
      Thread.currentThread().interrupt();
      return KILLED.code();
    }
  }

  private List<String> found(List<String> words) throws IOException {
    List<String> whole = new ArrayList<>(words);
    Path program =
        find(words.getFirst())
            .orElseThrow(() -> new IOException(words.getFirst() + " is not on PATH"));
    whole.set(0, program.toString());
    return whole;
  }
}
