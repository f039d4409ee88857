package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.home.KnightHome;
import dev.knight.overlay.Overlays;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** knight, its jar or a native executable, on one home, with an environment of its own. */
final class Program {
  static final Path JAR = Path.of(System.getProperty("test.jar", "target/knight.jar"));

  /** How the files of jobs come to be, unless a test says another way. */
  private static final String WORKTREES = System.getProperty("test.worktrees", "plain");

  /** What takes seconds may take minutes on a machine that has other things to do. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What lives for a minute is not worth the best code. */
  private static final List<String> FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1");

  private final Path home;
  private final UnaryOperator<List<String>> starting;
  private final Map<String, String> environment = new LinkedHashMap<>();

  Program(Path home, Map<String, String> settings) {
    this(home, settings, Program::packaged);
  }

  private Program(Path home, Map<String, String> settings, UnaryOperator<List<String>> starting) {
    this.home = home;
    this.starting = starting;
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", home.toString());
    environment.put("KNIGHT_HOME", home.toString());
    environment.put("KNIGHT_HTTP_PORT", "0");
    environment.put("KNIGHT_WORKTREES", WORKTREES);
    environment.putAll(settings);
  }

  Path home() {
    return home;
  }

  /** The same home with one setting changed. */
  Program with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(environment);
    changed.put(name, value);
    return new Program(home, changed, starting);
  }

  /** The same home with one setting left out. */
  Program without(String name) {
    Program fewer = new Program(home, environment, starting);
    fewer.environment.remove(name);
    return fewer;
  }

  /** The same, started as one that is installed there. */
  Program installed(Path executable) {
    return new Program(home, environment, _ -> List.of(executable.toString()));
  }

  /** The same on a machine that is many times slower. */
  Program slowly() {
    return with("JDK_JAVA_OPTIONS", "-Xint");
  }

  /** A command that ended. */
  record Ended(int exitCode, String out, String err) {}

  /** Runs a command to its end. */
  Ended run(String... arguments) {
    return run(PATIENCE, arguments);
  }

  /** Runs a command to its end, which comes within {@code patience}. */
  Ended run(Duration patience, String... arguments) {
    try {
      Process process = builder(arguments).start();
      StringBuilder err = new StringBuilder();
      Thread errors = Thread.ofVirtual().start(() -> err.append(text(process.getErrorStream())));
      String out = text(process.getInputStream());
      assertThat(process.waitFor(patience.toSeconds(), TimeUnit.SECONDS))
          .as("knight ends")
          .isTrue();
      errors.join(PATIENCE);
      return new Ended(process.exitValue(), out, err.toString());
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError("knight could not be run", failed);
    }
  }

  /** Starts a command that goes on; what is said to it and by it is the caller's. */
  Process start(String... arguments) {
    try {
      return builder(arguments).redirectErrorStream(true).start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Starts a command at a terminal of its own, as a person would: what it draws is read from the
   * process, and what is written to the process is typed.
   */
  Process atTerminal(int columns, int rows, String... arguments) {
    String command =
        builder(arguments).command().stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    ProcessBuilder script =
        new ProcessBuilder(
                "script",
                "-qfec",
                "stty cols %d rows %d; exec %s".formatted(columns, rows, command),
                "/dev/null")
            .directory(home.toFile())
            .redirectErrorStream(true);
    script.environment().clear();
    script.environment().putAll(environment);
    script.environment().putIfAbsent("TERM", "xterm-256color");
    try {
      return script.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Starts the service and waits until it says that it serves. */
  Service serve(String... arguments) {
    List<String> all = new ArrayList<>(List.of("serve"));
    all.addAll(List.of(arguments));
    try {
      return new Service(builder(all.toArray(String[]::new)).start(), home);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Starts a command at a terminal of its own, where a person types. */
  Typist sit(String... arguments) {
    ProcessBuilder builder = builder();
    builder.command(Typist.at(command(arguments)));
    builder.environment().put("TERM", "xterm-256color");
    try {
      return new Typist(builder.start(), home);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private ProcessBuilder builder(String... arguments) {
    ProcessBuilder builder = new ProcessBuilder(command(arguments)).directory(home.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(starting.apply(List.of(arguments)));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The words before {@code arguments}. */
  private static List<String> packaged(List<String> arguments) {
    String executable = System.getProperty("test.program", "");
    if (!executable.isBlank()) {
      return List.of(executable);
    }
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(FLAGS);
    words.addAll(cache(arguments.contains("serve") || arguments.contains("run")));
    words.addAll(List.of("-jar", JAR.toAbsolutePath().toString()));
    return words;
  }

  /**
   * What has it start sooner, as scripts/lib/launch.sh does; where no cache was made it starts
   * without.
   */
  private static List<String> cache(boolean isService) {
    String program = JAR.toAbsolutePath().toString().replaceFirst("\\.jar$", "");
    Path cache = Path.of(program + (isService ? ".service.aot" : ".client.aot"));
    return Files.isRegularFile(cache)
        ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off", "-Xlog:cds*=off")
        : List.of();
  }

  private static String text(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A service that runs. */
  static final class Service implements AutoCloseable {
    private final Process process;
    private final Path home;
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ready = new CountDownLatch(1);

    Service(Process process, Path home) {
      this.process = process;
      this.home = home;
      listen(process.inputReader());
      listen(process.errorReader());
      try {
        boolean serves = ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS) && process.isAlive();
        if (!serves) {
          process.destroyForcibly();
        }
        assertThat(serves).as("serves: %s", said).isTrue();
      } catch (InterruptedException ended) {
        throw new AssertionError(ended);
      }
    }

    /** All that it has printed. */
    String said() {
      return String.join("\n", said);
    }

    Process process() {
      return process;
    }

    /** {@code kill -9}. */
    void kill() {
      process.destroyForcibly().onExit().join();
    }

    /** {@code SIGTERM}, and waits for its end; then every bridge that it left is ended too. */
    @Override
    public void close() {
      process.destroy();
      process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
      endBridges(home);
    }

    private void listen(BufferedReader reader) {
      Thread.ofVirtual()
          .start(() -> {
            try (reader) {
              for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                said.add(line);
                if (line.contains(" serves ")) {
                  ready.countDown();
                }
              }
            } catch (IOException closed) {
              said.add("[closed: " + closed.getMessage() + "]");
            }
            ready.countDown();
          });
    }
  }

  /** Ends what still runs for {@code home}, so that no test leaves a process behind. */
  static void endBridges(Path home) {
    ProcessHandle.allProcesses()
        .filter(handle -> handle.pid() != ProcessHandle.current().pid())
        .filter(handle -> commandLine(handle).contains(home.toString()))
        .forEach(ProcessHandle::destroyForcibly);
    new Overlays(new KnightHome(home), false).endOthers(Set.of());
  }

  /** The command line of a process as the kernel has it; empty where there is none. */
  static String commandLine(ProcessHandle handle) {
    try {
      return Files.readString(
              Path.of("/proc", Long.toString(handle.pid()), "cmdline"), StandardCharsets.ISO_8859_1)
          .replace('\0', ' ');
    } catch (IOException gone) {
      return "";
    }
  }
}
