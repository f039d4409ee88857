package dev.knight.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What another program said.
 *
 * @param code how it ended
 * @param out what it printed
 */
record Execution(int code, String out) {
  private static final int MOST = 1 << 20;

  /** Whether it did what it was asked for. */
  boolean isGood() {
    return code == 0;
  }

  /** The last word of it, as where a tool was put. */
  String lastLine() {
    return out.strip().lines().reduce("", (_, line) -> line);
  }

  /**
   * Runs {@code command} with {@code environment} and nothing else; empty if it cannot be started
   * or does not end in time.
   *
   * @param errors is told each line of its errors as it comes
   */
  static Optional<Execution> of(
      List<String> command,
      Map<String, String> environment,
      Duration patience,
      Consumer<String> errors) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectInput(nothing());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      try {
        Thread listener =
            Thread.ofVirtual().start(() -> process.errorReader().lines().forEach(errors));
        StringBuilder said = new StringBuilder();
        Thread reader = Thread.ofVirtual().start(() -> said.append(read(process)));
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          return Optional.empty();
        }
        listener.join();
        reader.join();
        return Optional.of(new Execution(process.exitValue(), said.toString()));
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Where {@code program} is on {@code path}. */
  static Optional<Path> find(String program, String path) {
    return Pattern.compile(":")
        .splitAsStream(path)
        .filter(directory -> directory.startsWith("/"))
        .map(directory -> Path.of(directory, program))
        .filter(place -> Files.isRegularFile(place) && Files.isExecutable(place))
        .findFirst();
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readNBytes(MOST), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static ProcessBuilder.Redirect nothing() {
    return ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile());
  }
}
