package dev.knight.rehearsal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * The stand-in and the model together in a process of their own, for runs of the packaged program
 * from outside.
 */
public final class Rehearsal implements AutoCloseable {
  private static final Set<String> OPTIONS =
      Set.of(
          "--directory",
          "--port",
          "--model-port",
          "--model-key",
          "--world",
          "--scenario",
          "--requests-per-hour",
          "--weather",
          "--latency-ms");

  private final StandInGitHub gitHub;
  private final ScriptedModel model;

  private Rehearsal(StandInGitHub gitHub, ScriptedModel model) {
    this.gitHub = gitHub;
    this.model = model;
  }

  /**
   * Starts both as the arguments say, prints one line of JSON that says where they are, and plays
   * until the process is ended.
   *
   * <p>{@code --directory DIR} where the repositories are put (a temporary one without it), {@code
   * --port N} and {@code --model-port N}, {@code --model-key KEY}, {@code --world FILE} (see {@link
   * WorldFile}; without it that of {@link RehearsalWorld}), {@code --scenario FILE} (see {@link
   * Scenario}; without it {@link RehearsalScript}), {@code --requests-per-hour N}, {@code
   * --latency-ms N} for the model, {@code --weather JSON} for GitHub (see {@link Weather}).
   *
   * @throws IllegalArgumentException with a sentence for a wrong argument
   */
  public static void serve(List<String> arguments, PrintWriter out)
      throws IOException, InterruptedException {
    try (Rehearsal rehearsal = start(arguments)) {
      out.println(rehearsal.json());
      out.flush();
      new CountDownLatch(1).await();
    }
  }

  /** Starts both as the arguments of {@link #serve} say. */
  public static Rehearsal start(List<String> arguments) throws IOException {
    Map<String, String> options = options(arguments);
    StandInGitHub gitHub =
        StandInGitHub.start(
            directory(options), number(options, "--port", 0), InstantSource.system());
    number(options, "--requests-per-hour").ifPresent(gitHub::limitRequests);
    weather(options).ifPresent(gitHub::weather);
    Optional<Path> file = Optional.ofNullable(options.get("--world")).map(Path::of);
    if (file.isPresent()) {
      WorldFile.load(file.get(), gitHub.world());
    } else {
      RehearsalWorld.build(gitHub.world());
    }
    ScriptedModel model =
        ScriptedModel.start(
            number(options, "--model-port", 0),
            Optional.ofNullable(options.get("--model-key")),
            script(options));
    return new Rehearsal(gitHub, model);
  }

  public StandInGitHub gitHub() {
    return gitHub;
  }

  public ScriptedModel model() {
    return model;
  }

  private String json() {
    return Json.object()
        .put("apiUrl", gitHub.apiUrl().toString())
        .put("webUrl", gitHub.webUrl().toString())
        .put("modelUrl", model.baseUrl().toString())
        .put("model", ScriptedModel.MODEL)
        .put("repository", RehearsalWorld.REPOSITORY.toString())
        .put("token", RehearsalWorld.TOKEN)
        .put("maintainerToken", RehearsalWorld.MAINTAINER_TOKEN)
        .toString();
  }

  private static Function<ModelRequest, ModelAnswer> script(Map<String, String> options)
      throws IOException {
    String scenario = options.get("--scenario");
    return scenario == null
        ? new RehearsalScript(Duration.ofMillis(number(options, "--latency-ms", 0)), Duration.ZERO)
        : Scenario.load(Path.of(scenario));
  }

  private static Optional<Weather> weather(Map<String, String> options) {
    return Optional.ofNullable(options.get("--weather")).map(Json::read).map(Weather::of);
  }

  private static Path directory(Map<String, String> options) throws IOException {
    String directory = options.get("--directory");
    return directory == null ? Files.createTempDirectory("knight-rehearsal") : Path.of(directory);
  }

  private static int number(Map<String, String> options, String name, int otherwise) {
    return number(options, name).orElse(otherwise);
  }

  private static Optional<Integer> number(Map<String, String> options, String name) {
    Optional<String> word = Optional.ofNullable(options.get(name));
    if (word.isPresent() && !word.get().matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(name + " needs a number, not '" + word.get() + "'");
    }
    return word.map(Integer::valueOf);
  }

  private static Map<String, String> options(List<String> arguments) {
    Map<String, String> options = new HashMap<>();
    Deque<String> words = new ArrayDeque<>(arguments);
    while (!words.isEmpty()) {
      String name = words.removeFirst();
      if (!OPTIONS.contains(name) || words.isEmpty()) {
        throw new IllegalArgumentException(
            "'%s' is not an option with a value; there are %s".formatted(name, OPTIONS));
      }
      options.put(name, words.removeFirst());
    }
    return options;
  }

  /** Stops both. */
  @Override
  public void close() throws IOException {
    gitHub.close();
    model.close();
  }
}
