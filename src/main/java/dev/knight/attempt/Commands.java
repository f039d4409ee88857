package dev.knight.attempt;

import dev.knight.bridge.Stragglers;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a repository's own commands by the shell, in the worktree, with a clean environment. */
@Singleton
final class Commands implements Shell {
  private final String path;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Commands(AttemptSettings settings) {
    this.path = settings.path();
  }

  @Override
  public CommandRun run(
      String command, Path directory, Path home, Duration limit, Progress progress)
      throws IOException, InterruptedException {
    String mark = "KNIGHT_COMMAND=" + directory;
    // What a service that was killed left there would work beside it.
    Stragglers.end(mark);
    long start = System.nanoTime();
    Process process = builder(command, directory, home).start();
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

  /** The service ends: so does what it runs here, and nothing of it counts. */
  @PreDestroy
  void close() {
    closed = true;
    running.forEach(Commands::kill);
  }

  private ProcessBuilder builder(String command, Path directory, Path home) {
    ProcessBuilder builder =
        new ProcessBuilder(List.of("/bin/sh", "-c", command))
            .directory(directory.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH",
                path,
                "HOME",
                home.toString(),
                "TMPDIR",
                home.toString(),
                "LANG",
                "C.UTF-8",
                "KNIGHT_COMMAND",
                directory.toString(),
                "CI",
                "true",
                "TERM",
                "dumb"));
    return builder;
  }

  private static void kill(Process process) {
    Stream.concat(process.descendants(), Stream.of(process.toHandle()))
        .toList()
        .forEach(ProcessHandle::destroyForcibly);
  }
}
