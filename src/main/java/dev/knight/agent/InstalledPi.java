package dev.knight.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.home.KnightHome;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.Price;
import dev.knight.job.Secret;
import dev.knight.pi.PiCodec;
import dev.knight.pi.PiCommand;
import dev.knight.pi.PiRecord;
import dev.knight.pi.PiResponse;
import dev.knight.sandbox.Cell;
import dev.knight.sandbox.Sandbox;
import dev.knight.sandbox.Warden;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** pi as it is on this machine, tried in the sandbox as for a job, without asking any model. */
public final class InstalledPi {
  /** The version that knight is tested with. */
  public static final String TESTED = PiExecutable.TESTED;

  /** How to install that one, as a sentence without its full stop. */
  public static final String INSTALL = PiExecutable.INSTALL;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LONGEST_LINE = 1 << 20;

  private final KnightHome home;
  private final AgentSettings settings;
  private final Sandbox sandbox;
  private final Path executable;

  private InstalledPi(KnightHome home, AgentSettings settings, Sandbox sandbox, Path executable) {
    this.home = home;
    this.settings = settings;
    this.sandbox = sandbox;
    this.executable = executable;
  }

  /**
   * The pi that {@code settings} name; nothing of it is run yet.
   *
   * @throws MisconfiguredException when there is none
   */
  public static InstalledPi find(KnightHome home, AgentSettings settings, Sandbox sandbox) {
    return new InstalledPi(home, settings, sandbox, PiExecutable.find(settings));
  }

  /**
   * What pi knows of a model.
   *
   * @param window how many tokens a conversation may have
   * @param price what its own list says that the model costs, if it says anything
   */
  public record Known(long window, Optional<Price> price) {}

  /** Where it is. */
  public Path executable() {
    return executable;
  }

  /**
   * Which version it says that it is.
   *
   * @throws MisconfiguredException when it does not run, or is too old
   */
  public String version() throws IOException {
    Cell cell = new PiLaunch(home, settings, sandbox).check(executable);
    return PiExecutable.judge(executable, PiExecutable.said(executable, cell, sandbox), sandbox);
  }

  /**
   * The version of the Node that runs it.
   *
   * @throws MisconfiguredException when there is none
   */
  public String node() throws IOException {
    Path node = PiExecutable.node(executable, settings);
    Cell cell = new PiLaunch(home, settings, sandbox).check(executable);
    Cell other =
        new Cell(
            List.of(node.toRealPath().toString(), "--version"),
            cell.directory(),
            cell.environment(),
            cell.mounts(),
            cell.files());
    String said = PiExecutable.said(node, other, sandbox);
    return said.lines()
        .map(String::strip)
        .filter(line -> line.matches("v\\d{1,4}(\\.\\d{1,4}){2}"))
        .findFirst()
        .orElseThrow(() ->
            new MisconfiguredException(
                "%s --version does not say a version but \"%s\": %s"
                    .formatted(node, OneLine.of(said, 100), INSTALL)));
  }

  /**
   * Starts it with all the words that a job gives to it, for {@code model}, and asks what it knows.
   *
   * @throws MisconfiguredException when it does not take one of them, or does not know the model
   */
  public Known known(SessionRequest.Model model) throws IOException {
    Path place = Files.createTempDirectory(home.make(home.cache()), "doctor");
    try {
      return known(model, new KnightHome(place));
    } finally {
      delete(place);
    }
  }

  private Known known(SessionRequest.Model model, KnightHome scratch) throws IOException {
    PiLaunch launch = new PiLaunch(scratch, settings, sandbox);
    SessionRequest request =
        new SessionRequest(
            "1",
            scratch.make(scratch.worktrees().resolve("1")),
            List.of(),
            SessionRequest.Tools.READ_ONLY,
            model,
            // Nobody listens there, and nobody is asked.
            URI.create("http://127.0.0.1:9/model/1"),
            new Secret("unused"),
            PATIENCE,
            PATIENCE);
    Cell cell = launch.cell(request, executable);
    launch.prepare(cell, request);
    JsonNode found = state(cell).path("model");
    String used = found.path("provider").asText() + "/" + found.path("id").asText();
    String wanted = PiDirectory.provider(model) + "/" + model.name();
    if (!used.equals(wanted)) {
      throw new MisconfiguredException(
          "pi does not know the model %s and would use %s: correct knight.model.provider and .name"
              .formatted(wanted, OneLine.of(used, 100)));
    }
    return new Known(found.path("contextWindow").asLong(0), PriceList.price(found.path("cost")));
  }

  private JsonNode state(Cell cell) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(sandbox.command(cell))
            .directory((sandbox.isNone() ? cell.directory() : cell.files()).toFile());
    Path complaint = cell.files().resolve("complaint");
    builder.redirectError(complaint.toFile());
    builder.environment().clear();
    builder.environment().putAll(cell.environment());
    Process process = Warden.start(builder);
    FutureTask<Optional<JsonNode>> answer = new FutureTask<>(() -> answer(process));
    Thread.ofVirtual().start(answer);
    try {
      return answer
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .orElseThrow(() -> notStarted(complaint));
    } catch (ExecutionException failed) {
      throw new IOException("pi cannot be talked to", failed.getCause());
    } catch (TimeoutException silent) {
      throw new MisconfiguredException(
          "pi did not answer within %d s: see what keeps this machine busy"
              .formatted(PATIENCE.toSeconds()),
          silent);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while pi was tried", ended);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Optional<JsonNode> answer(Process process) throws IOException {
    PiCodec codec = new PiCodec();
    try (var in = process.getOutputStream();
        var out = new BufferedInputStream(process.getInputStream())) {
      String question = codec.encode("1", new PiCommand.GetState()) + "\n";
      in.write(question.getBytes(StandardCharsets.UTF_8));
      in.flush();
      for (byte[] line = line(out); line.length > 0; line = line(out)) {
        PiRecord record = codec.decode(line);
        if (record instanceof PiResponse response && response.command().equals("get_state")) {
          return Optional.of(response.data());
        }
      }
      return Optional.empty();
    }
  }

  /** Empty at the end. */
  private static byte[] line(InputStream out) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = out.read(); b >= 0 && b != '\n' && line.size() < LONGEST_LINE; b = out.read()) {
      line.write(b);
    }
    return line.toByteArray();
  }

  private static MisconfiguredException notStarted(Path complaint) {
    try {
      String said = Files.readString(complaint, StandardCharsets.ISO_8859_1);
      String line =
          said.lines()
              .filter(it -> it.contains("rror") || it.contains("nknown"))
              .findFirst()
              .orElse(said);
      return new MisconfiguredException(
          "pi does not start as knight starts it (%s): %s"
              .formatted(OneLine.of(line, 200), INSTALL));
    } catch (IOException unreadable) {
      return new MisconfiguredException(
          "pi does not start as knight starts it: " + INSTALL, unreadable);
    }
  }

  private static void delete(Path place) throws IOException {
    try (Stream<Path> all = Files.walk(place)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
