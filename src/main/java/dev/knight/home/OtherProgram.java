package dev.knight.home;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
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
 * Another program, to be run to its end within a limit. It sees the environment that is named and
 * nothing else of this process's, and no shell reads its words.
 *
 * @param words where it is, and its arguments
 * @param environment all that it sees
 */
public record OtherProgram(List<String> words, Map<String, String> environment) {
  private static final int MOST = 1 << 20;

  /** What it left behind may hold the pipe open. */
  private static final Duration FOR_THE_REST = Duration.ofSeconds(5);

  /** Keeps its own copies. */
  public OtherProgram {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  /**
   * How one ended.
   *
   * @param code 0 if it did what it was asked for
   * @param said what it printed; the last of it, if that was much
   */
  public record Ended(int code, String said) {
    /** Whether it did what it was asked for. */
    public boolean isGood() {
      return code == 0;
    }

    /** The last word of it, as where a tool was put. */
    public String lastLine() {
      return said.strip().lines().reduce("", (_, line) -> line);
    }
  }

  /** Where {@code program} is on {@code path}, which is as in the environment. */
  public static Optional<Path> find(String program, String path) {
    return Pattern.compile(":")
        .splitAsStream(path)
        .filter(directory -> directory.startsWith("/"))
        .map(directory -> Path.of(directory, program))
        .filter(place -> Files.isRegularFile(place) && Files.isExecutable(place))
        .findFirst();
  }

  /**
   * Runs it with an empty input.
   *
   * @return how it ended, its errors among what it said; empty if it had to be ended
   * @throws IOException if it cannot be started
   */
  public Optional<Ended> run(Duration limit) throws IOException, InterruptedException {
    return run(limit, "");
  }

  /** The same with {@code input} to read. */
  public Optional<Ended> run(Duration limit, String input)
      throws IOException, InterruptedException {
    return run(builder().redirectErrorStream(true), limit, input, _ -> {});
  }

  /** The same with an empty input, where {@code errors} is told each line of them as it comes. */
  public Optional<Ended> run(Duration limit, Consumer<String> errors)
      throws IOException, InterruptedException {
    return run(builder(), limit, "", errors);
  }

  private ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  private static Optional<Ended> run(
      ProcessBuilder builder, Duration limit, String input, Consumer<String> errors)
      throws IOException, InterruptedException {
    Process process = builder.start();
    try {
      Output output = new Output(process.getInputStream());
      Thread said = Thread.startVirtualThread(output);
      Thread complaints = Thread.startVirtualThread(() -> tell(process, errors));
      Thread.startVirtualThread(() -> write(process.getOutputStream(), input));
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
      said.join(FOR_THE_REST);
      complaints.join(FOR_THE_REST);
      return Optional.of(new Ended(process.exitValue(), output.last()));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static void tell(Process process, Consumer<String> errors) {
    try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        errors.accept(line);
      }
    } catch (IOException _) {
      return; // it was ended
    }
  }

  private static void write(OutputStream to, String input) {
    try (to) {
      to.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      return; // whoever wants no more of it closes it
    }
  }

  /** What it prints, read so that it never waits for somebody to do so. */
  private static final class Output implements Runnable {
    private final InputStream from;
    private final StringBuilder said = new StringBuilder();

    Output(InputStream from) {
      this.from = from;
    }

    @Override
    public void run() {
      try (InputStreamReader reader = new InputStreamReader(from, StandardCharsets.UTF_8)) {
        char[] piece = new char[8192];
        for (int read = reader.read(piece); read >= 0; read = reader.read(piece)) {
          add(piece, read);
        }
      } catch (IOException _) {
        return; // it was ended
      }
    }

    private synchronized void add(char[] piece, int length) {
      said.append(piece, 0, length);
      if (said.length() > 2 * MOST) {
        said.delete(0, said.length() - MOST);
      }
    }

    synchronized String last() {
      return said.substring(Math.max(0, said.length() - MOST));
    }
  }
}
