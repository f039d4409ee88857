package dev.knight.attempt;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a repository's own commands by the shell, in the worktree, with a clean environment. */
@Singleton
final class Commands implements Shell {
  private final String path;

  Commands(AttemptSettings settings) {
    this.path = settings.path();
  }

  @Override
  public CommandRun run(
      String command, Path directory, Path home, Duration limit, Progress progress)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = builder(command, directory, home).start();
    try {
      progress.onCancel(() -> kill(process));
      OutputTail tail = new OutputTail(process.getInputStream());
      Thread reader = Thread.ofVirtual().start(tail);
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      kill(process);
      int code = process.waitFor();
      reader.join(Duration.ofSeconds(5));
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return new CommandRun(ended ? code : -1, ended, tail.text(), took);
    } finally {
      kill(process);
    }
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
