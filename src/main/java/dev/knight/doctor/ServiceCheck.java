package dev.knight.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.knight.doctor.Result.Verdict;
import dev.knight.doctor.Web.Ask;
import dev.knight.doctor.Web.Reply;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.PlainText;
import dev.knight.hygiene.ShellWord;
import dev.knight.systemd.WrittenUnit;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a service runs and answers, and whether it is the one that would be started now. */
public final class ServiceCheck implements Check {
  private static final String HEALTH = "service.health";
  private static final String HEALTH_TITLE = "Health";

  private final KnightHome home;
  private final Web web;
  private final boolean isHeld;
  private final Path executable;
  private final List<Path> units;
  private final Turn turn;

  /**
   * Looks at nothing yet.
   *
   * @param isHeld whether a process that works on jobs holds the home
   * @param executable what a service that is started now would run
   * @param units where a unit of systemd's may be
   * @param turn to remove what a service has left
   */
  public ServiceCheck(
      KnightHome home, Web web, boolean isHeld, Path executable, List<Path> units, Turn turn) {
    this.home = home;
    this.web = web;
    this.isHeld = isHeld;
    this.executable = executable;
    this.units = List.copyOf(units);
    this.turn = turn;
  }

  @Override
  public String id() {
    return "service";
  }

  @Override
  public String title() {
    return "Service";
  }

  @Override
  public List<Result> look() throws IOException {
    List<Result> results = new ArrayList<>();
    Result service = service();
    results.add(service);
    if (isHeld && service.verdict() != Verdict.BAD && Files.exists(home.service())) {
      health(told(Files.readString(home.service()))).ifPresent(results::add);
    }
    for (Path unit : units) {
      if (Files.isReadable(unit)) {
        results.add(unit(unit, Files.readString(unit)));
      }
    }
    return List.copyOf(results);
  }

  private Result service() throws IOException {
    boolean isAnnounced = Files.exists(home.service());
    if (!isHeld) {
      return isAnnounced
          ? Result.doubtful(
                  id(),
                  title(),
                  "%s tells of a service that is gone".formatted(home.service()),
                  "rm " + ShellWord.of(home.service()))
              .mendedBy(new Fix.Remove(turn, List.of(home.service())))
          : Result.skipped(id(), title(), "none runs; knight serve starts one");
    }
    if (!isAnnounced) {
      return Result.doubtful(
          id(),
          title(),
          "a process holds the home and does not say where it listens (%s)".formatted(holder()),
          "wait until it has started; if it does not, end it");
    }
    return asked(Files.readString(home.service()));
  }

  private Result asked(String text) throws IOException {
    JsonNode told = told(text);
    String url = told.path("url").asText("");
    String pid = told.path("pid").asText("?");
    String token = Files.readString(home.apiToken()).strip();
    Reply reply;
    try {
      reply =
          web.send(
              Ask.get(
                  URI.create(url + "/api/v1/jobs?limit=1"),
                  Map.of("Accept", "application/json", "Authorization", "Bearer " + token)));
    } catch (IOException | IllegalArgumentException silent) {
      return Result.bad(
          id(),
          title(),
          "process %s holds the home and does not answer at %s (%s)"
              .formatted(pid, url, PlainText.line(String.valueOf(silent.getMessage()))),
          "look at %s, then start it again: knight service restart, or kill %s"
              .formatted(home.log().resolve("knight.log"), pid));
    }
    if (reply.status() != 200) {
      return Result.bad(
          id(),
          title(),
          "what answers at %s does not know this home's token (status %d)"
              .formatted(url, reply.status()),
          "see that no other knight listens there, and start this one again");
    }
    String words = "process %s serves at %s".formatted(pid, url);
    return isOlder(told)
        ? Result.doubtful(
            id(),
            title(),
            words + ", and was started before its executable was replaced",
            "start it again: knight service restart")
        : Result.good(id(), title(), words);
  }

  /** What the service thinks of itself: its store, its poller, its token, its disk. */
  private Optional<Result> health(JsonNode told) {
    try {
      URI place = URI.create(told.path("url").asText("") + "/q/health/ready");
      Reply reply = web.send(Ask.get(place, Map.of("Accept", "application/json")));
      JsonNode checks = told(reply.body()).path("checks");
      List<String> down = new ArrayList<>();
      checks.forEach(check -> {
        if (!check.path("status").asText("").equals("UP")) {
          down.add(PlainText.line(check.path("name").asText("?")));
        }
      });
      if (checks.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          down.isEmpty()
              ? Result.good(
                  HEALTH, HEALTH_TITLE, "ready: %d looks of its own".formatted(checks.size()))
              : Result.bad(
                  HEALTH,
                  HEALTH_TITLE,
                  "not ready, by its own word: " + String.join(", ", down),
                  "tail -n 50 " + ShellWord.of(home.log().resolve("knight.log"))));
    } catch (IOException | IllegalArgumentException silent) {
      return Optional.of(
          Result.doubtful(
              HEALTH,
              HEALTH_TITLE,
              "it does not say how it is",
              "tail -n 50 " + ShellWord.of(home.log().resolve("knight.log"))));
    }
  }

  private boolean isOlder(JsonNode told) throws IOException {
    try {
      Instant started = Instant.parse(told.path("started").asText(""));
      return Files.exists(executable)
          && Files.getLastModifiedTime(executable).toInstant().isAfter(started);
    } catch (DateTimeException unknown) {
      return false;
    }
  }

  private static JsonNode told(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException broken) {
      return new ObjectMapper().createObjectNode();
    }
  }

  private String holder() {
    try {
      return PlainText.line(Files.readString(home.serviceLock()));
    } catch (IOException unreadable) {
      return "it is not known which";
    }
  }

  private Result unit(Path file, String text) {
    WrittenUnit unit = new WrittenUnit(text);
    Optional<String> program = unit.program();
    if (program.filter(it -> it.startsWith("/") && !Files.isExecutable(Path.of(it))).isPresent()) {
      return Result.bad(
          "service.unit",
          "Unit of systemd",
          "%s starts %s, which is not there".formatted(file, program.get()),
          "knight service install");
    }
    Optional<String> other =
        unit.home().filter(named -> !Path.of(named).normalize().equals(home.root()));
    if (other.isPresent()) {
      return Result.doubtful(
          "service.unit",
          "Unit of systemd",
          "%s serves the home %s, and not %s".formatted(file, other.get(), home.root()),
          "knight service install, or KNIGHT_HOME=%s for your commands"
              .formatted(ShellWord.of(other.get())));
    }
    return Result.good("service.unit", "Unit of systemd", file.toString());
  }
}
