package dev.knight.rehearsal;

import dev.knight.home.KnightHome;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code knight serve} as a process of its own, with nothing in its environment but the rehearsal.
 */
public final class RehearsedService implements AutoCloseable {
  /** A loaded laptop starts it in ten seconds. */
  private static final Duration TO_START = Duration.ofSeconds(90);

  private static final long END_SECONDS = 20;

  /** Where programs are found, which pi, and what it runs in. */
  private static final List<String> HOST =
      List.of(
          "PATH",
          "HOME",
          "LANG",
          "TMPDIR",
          "KNIGHT_AGENT_COMMAND",
          "KNIGHT_SANDBOX",
          "KNIGHT_WORKTREES");

  private final Process process;
  private final Queue<String> said = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<String> readiness = new CompletableFuture<>();

  private RehearsedService(Process process) {
    this.process = process;
    Thread.ofVirtual().name("rehearsed-service").start(this::listen);
  }

  /**
   * Starts it.
   *
   * @param self the words that run knight itself
   * @param settings all that it is told, as {@link #settings} has it
   * @param host the environment of this process: where programs are found, and which pi
   */
  public static RehearsedService start(
      List<String> self, Map<String, String> settings, Map<String, String> host)
      throws IOException {
    List<String> command = new ArrayList<>(self);
    command.add("serve");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(settings);
    for (String kept : HOST) {
      if (host.containsKey(kept)) {
        environment.put(kept, host.get(kept));
      }
    }
    return new RehearsedService(builder.start());
  }

  /**
   * What a service in the rehearsal's world has to be told.
   *
   * @param modelKey what the scripted model asks for; the agent never sees it
   */
  public static Map<String, String> settings(
      KnightHome home, StandInGitHub gitHub, ScriptedModel model, String modelKey) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("KNIGHT_HOME", home.root().toString());
    settings.put("KNIGHT_GITHUB_API_URL", gitHub.apiUrl().toString());
    settings.put("KNIGHT_GITHUB_TOKEN", RehearsalWorld.TOKEN);
    settings.put("KNIGHT_GITHUB_REPOSITORIES", RehearsalWorld.REPOSITORY.toString());
    settings.put("KNIGHT_POLLING_INTERVAL", "1s");
    settings.put("KNIGHT_TRUST_PER_PERSON", "1000000");
    settings.put("KNIGHT_TRUST_PER_REPOSITORY", "1000000");
    settings.put("KNIGHT_MODEL_PROVIDER", "openai-compatible");
    settings.put("KNIGHT_MODEL_NAME", ScriptedModel.MODEL);
    settings.put("KNIGHT_MODEL_BASE_URL", model.baseUrl().toString());
    settings.put("KNIGHT_MODEL_API_KEY", modelKey);
    settings.put("KNIGHT_HTTP_PORT", "0");
    return settings;
  }

  /**
   * Waits until it serves.
   *
   * @return what it says then
   * @throws IllegalStateException with what it said instead
   */
  public String awaitReadiness() throws InterruptedException {
    return awaitReadiness(TO_START);
  }

  /** The same for {@code patience}. */
  public String awaitReadiness(Duration patience) throws InterruptedException {
    try {
      return readiness.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException notReady) {
      throw new IllegalStateException("knight does not serve. It said:\n" + said(), notReady);
    }
  }

  /** Whether its process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** All that it has printed. */
  public String said() {
    return String.join("\n", said);
  }

  /**
   * {@code kill -9}; returns once it is gone.
   *
   * @return when it was killed
   */
  public Instant kill() {
    Instant at = Instant.now();
    process.destroyForcibly().onExit().join();
    return at;
  }

  /**
   * Ends it in good order, and hears what it says until then.
   *
   * @param patience how long it may take
   * @return whether it has ended
   */
  public boolean end(Duration patience) throws InterruptedException {
    // Its own destroy() closes what the process still writes to.
    process.toHandle().destroy();
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends it in good order, or at once when that takes too long. */
  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS)
        .thenAccept(Process::destroyForcibly)
        .join();
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (line.startsWith("knight ") && line.contains(" serves ")) {
          readiness.complete(line);
        }
      }
    } catch (IOException closed) {
      said.add(String.valueOf(closed.getMessage()));
    }
    readiness.completeExceptionally(new IllegalStateException("knight ended"));
  }
}
