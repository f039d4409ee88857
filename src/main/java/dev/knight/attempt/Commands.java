package dev.knight.attempt;

import dev.knight.bridge.Stragglers;
import dev.knight.sandbox.Doors;
import dev.knight.sandbox.Warden;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a repository's own commands by the shell, in a jail, with a clean environment. */
@Singleton
final class Commands implements Shell {
  private final String path;
  private final Jail jail;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Commands(AttemptSettings settings, Jail jail) {
    this.path = settings.path();
    this.jail = jail;
  }

  @Override
  public CommandRun run(String command, Workplace place, Duration limit, Progress progress)
      throws IOException, InterruptedException {
    Path directory = place.worktree().path();
    String mark = "KNIGHT_COMMAND=" + directory;
    // What a service that was killed left there would work beside it.
    Stragglers.end(mark);
    String name = place.worktree().job() + "-commands";
    try (Doors _ = jail.open(name, Optional.empty(), place.network())) {
      long start = System.nanoTime();
      Process process = Warden.start(builder(name, command, place));
      running.add(process);
      try {
        progress.onCancel(() -> kill(process));
        OutputTail tail = new OutputTail(process.getInputStream());
        Thread reader = Thread.ofVirtual().start(tail);
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        kill(process);
        Stragglers.end(mark);
        int code = process.waitFor();
        if (closed) {
          throw new InterruptedException("The service is ending");
        }
        reader.join(Duration.ofSeconds(5));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new CommandRun(ended ? code : -1, ended, tail.text(), took);
      } finally {
        kill(process);
        running.remove(process);
        Stragglers.end(mark);
      }
    }
  }

  /** The service ends: so does what it runs here, and nothing of it counts. */
  @PreDestroy
  void close() {
    closed = true;
    running.forEach(Commands::kill);
  }

  private ProcessBuilder builder(String name, String command, Workplace place) throws IOException {
    Map<String, String> environment =
        Map.of(
            "PATH",
            path,
            "LANG",
            "C.UTF-8",
            "KNIGHT_COMMAND",
            place.worktree().path().toString(),
            "CI",
            "true",
            "TERM",
            "dumb");
    return jail.shell(name, command, place.worktree(), place.commandHome(), environment)
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectErrorStream(true);
  }

  private static void kill(Process process) {
    Stream.concat(process.descendants(), Stream.of(process.toHandle()))
        .toList()
        .forEach(ProcessHandle::destroyForcibly);
  }
}
