package dev.knight.systemd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs systemd's own programs, as the caller's shell would find them. */
final class Command {
  private final Map<String, String> environment;

  Command(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * How one went.
   *
   * @param code 128 if it had to be killed
   * @param said all that it printed
   */
  record Result(int code, String said) {
    boolean isGood() {
      return code == 0;
    }
  }

  /** Where {@code program} is, if it is on the {@code PATH}. */
  Optional<Path> find(String program) {
    return Optional.of(environment.getOrDefault("PATH", "/usr/bin:/bin")).stream()
        .flatMap(path -> List.of(path.split(":")).stream())
        .filter(directory -> directory.startsWith("/"))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs {@code words} to its end, which comes within {@code limit}, with an empty input. */
  Result run(Duration limit, List<String> words) throws IOException {
    Path said = Files.createTempFile("knight-service", ".out");
    try {
      ProcessBuilder builder =
          builder(words)
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(said.toFile());
      builder.environment().put("LC_ALL", "C.UTF-8");
      Process process = builder.start();
      int code = ended(process, limit);
      return new Result(code, Files.readString(said, StandardCharsets.UTF_8).strip());
    } finally {
      Files.deleteIfExists(said);
    }
  }

  /** Runs {@code words} on the caller's own terminal, until it ends or the caller ends it. */
  int show(List<String> words) throws IOException {
    return ended(builder(words).inheritIO().start(), Duration.ofDays(365));
  }

  private ProcessBuilder builder(List<String> words) throws IOException {
    List<String> whole = new ArrayList<>(words);
    Path program =
        find(words.getFirst())
            .orElseThrow(() -> new IOException(words.getFirst() + " is not on PATH"));
    whole.set(0, program.toString());
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  private static int ended(Process process, Duration limit) {
    try {
      if (process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      return 128;
    } catch (InterruptedException _) {
      process.destroy();
      Thread.currentThread().interrupt();
      return 128;
    }
  }
}
