package dev.knight.setup;

import dev.knight.home.OtherProgram;
import dev.knight.home.OtherProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A pi on this machine.
 *
 * @param command where it is
 * @param version what it says that it is
 */
record Pi(Path command, String version) {
  private static final Pattern VERSION = Pattern.compile("(?m)^(1\\.([0-9]+)\\.[0-9]+\\S*)$");
  private static final int LEAST_MINOR = 1;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Pattern COLUMNS = Pattern.compile("\\s{2,}");

  /** A model that pi knows, and how much it takes in. */
  record Model(String name, String context) {}

  /** The pi at {@code command}, if it is one that knight can drive. */
  static Optional<Pi> at(Path command, String path) {
    return run(command, path, Map.of(), "--version")
        .map(Ended::said)
        .map(VERSION::matcher)
        .filter(Matcher::find)
        .filter(said -> Integer.parseInt(said.group(2)) >= LEAST_MINOR)
        .map(said -> new Pi(command, said.group(1)));
  }

  /** The first that is found: at {@code named}, on {@code path}, in {@code cache}. */
  static Optional<Pi> find(Optional<String> named, String path, Path cache) {
    Stream<Path> places =
        Stream.of(
                named.flatMap(name -> place(name, path)).stream(),
                OtherProgram.find("pi", path).stream(),
                installed(cache).stream())
            .flatMap(stream -> stream);
    return places.map(place -> at(place, path)).flatMap(Optional::stream).findFirst();
  }

  private static Optional<Path> place(String name, String path) {
    return name.contains("/") ? Optional.of(Path.of(name)) : OtherProgram.find(name, path);
  }

  /** What {@code scripts/lib/tools.sh} has put there, the newest first. */
  private static List<Path> installed(Path cache) {
    if (!Files.isDirectory(cache)) {
      return List.of();
    }
    try (Stream<Path> tools = Files.list(cache)) {
      return tools
          .filter(tool -> tool.getFileName().toString().startsWith("pi-"))
          .map(tool -> tool.resolve("bin").resolve("pi"))
          .filter(Files::isExecutable)
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  /** What of {@code provider} pi's own list has. It is told that there is a key, and no key. */
  List<Model> models(ModelProvider provider, String path) {
    if (provider.variables().isEmpty()) {
      return List.of();
    }
    Map<String, String> key = Map.of(provider.variables().getFirst(), "none");
    return run(command, path, key, "--list-models")
        .map(Ended::said)
        .orElse("")
        .lines()
        .map(COLUMNS::split)
        .filter(columns -> columns.length > 2 && columns[0].equals(provider.name()))
        .map(columns -> new Model(columns[1], columns[2]))
        .toList();
  }

  /** It gets a home of its own: nothing of the person's is read, nothing is left behind. */
  private static Optional<Ended> run(
      Path command, String path, Map<String, String> more, String argument) {
    try {
      Path own = Files.createTempDirectory("knight-pi");
      Map<String, String> environment = new HashMap<>(more);
      environment.put("PATH", path);
      environment.put("HOME", own.toString());
      environment.put("PI_CODING_AGENT_DIR", own.resolve("agent").toString());
      environment.put("PI_OFFLINE", "1");
      environment.put("PI_TELEMETRY", "0");
      environment.put("NODE_DISABLE_COMPILE_CACHE", "1");
      try {
        return Execution.of(List.of(command.toString(), argument), environment, PATIENCE, _ -> {})
            .filter(Ended::isGood);
      } finally {
        delete(own);
      }
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
