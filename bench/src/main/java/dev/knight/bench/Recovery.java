package dev.knight.bench;

import dev.knight.home.KnightHome;
import dev.knight.rehearsal.RehearsalWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * {@code kill -9} of a service whose agent is at work, and a new start: how long after this is
 * ready the agent is at work for it, beside how long that took when the job was new. Celery's
 * default has a task whose worker was killed wait for an hour; with a limit of a second it goes on
 * at once, and each task that takes longer is done twice.
 */
final class Recovery {
  private static final String AT_WORK = "until the agent is at work ms";

  /** A first command that does not end by itself, and nothing more to do after it. */
  private static final String SCENARIO =
      """
      [{"text": "I wait.", "toolCalls": [{"name": "bash", "arguments": {"command": "sleep 3600"}}]},
       {"text": "```json\\n{\\"outcome\\": \\"no-change\\", \\"title\\": \\"\\", \\"summary\\": \\"Nothing.\\", \
      \\"question\\": \\"\\", \\"default\\": \\"\\"}\\n```"}]
      """;

  private final Place place;

  private Recovery(Place place) {
    this.place = place;
  }

  static Contest of(Place place) {
    Recovery recovery = new Recovery(place);
    return new Contest(
        "recovery",
        List.of(
            new Contestant("service killed", () -> recovery.again(false)),
            new Contestant("service and agent killed", () -> recovery.again(true)),
            new Contestant("new job", recovery::first)),
        2);
  }

  private Map<String, Double> first() throws Exception {
    try (Town town = town();
        Daemon killed = working(town)) {
      List<ProcessHandle> agents = killed.descendants();
      try (Service service = Service.of(town.home())) {
        Instant accepted = Story.of(service.get("/1")).at("accepted", "");
        return until(accepted, prompts(town.home()).getFirst());
      } finally {
        killed.kill();
        end(agents);
      }
    }
  }

  private Map<String, Double> again(boolean withAgent) throws Exception {
    try (Town town = town();
        Daemon killed = working(town)) {
      List<ProcessHandle> agents = killed.descendants();
      killed.kill();
      if (withAgent) {
        end(agents);
      }
      try (Daemon second = town.serve();
          Service service = Service.of(town.home())) {
        return until(second.ready(), withAgent ? asked(town.home()) : found(service));
      } finally {
        end(agents);
      }
    }
  }

  /** When the agent that had gone on by itself was found. */
  private static Instant found(Service service) throws Exception {
    String kind = "re-attached";
    Town.await("agent that was found", () -> Story.of(service.get("/1")).has(kind));
    return Story.of(service.get("/1")).at(kind, "");
  }

  /** When a new agent was asked to go on. */
  private static Instant asked(KnightHome home) throws Exception {
    Town.await("second prompt", () -> prompts(home).size() == 2);
    return prompts(home).getLast();
  }

  private Town town() throws IOException {
    Path scenario = Files.writeString(place.work().resolve("killed.json"), SCENARIO);
    return Town.open(place, "killed", List.of("--scenario", scenario.toString()));
  }

  /** A service whose agent is at work. */
  private static Daemon working(Town town) throws Exception {
    Daemon service = town.serve(Map.of("KNIGHT_POLLING_INTERVAL", "1s"));
    try {
      RehearsalWorld.openIssue(town.rehearsal().gitHub().world());
      Town.await("command of the agent", () -> works(town.home()));
      return service;
    } catch (Exception failed) {
      service.close();
      throw failed;
    }
  }

  /** Whether the agent of the first job is in the midst of a command. */
  private static boolean works(KnightHome home) throws IOException {
    return journal(home).contains("tool_execution_start");
  }

  /** When it was asked something. */
  private static List<Instant> prompts(KnightHome home) throws IOException {
    String all = journal(home);
    return all.substring(0, all.lastIndexOf('\n') + 1)
        .lines()
        .map(Story::entry)
        .filter(entry -> entry.required("kind").asText().equals("prompt"))
        .map(Story::at)
        .toList();
  }

  private static String journal(KnightHome home) throws IOException {
    Path journal = home.recording("1");
    return Files.exists(journal) ? Files.readString(journal) : "";
  }

  private static void end(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
  }

  private static Map<String, Double> until(Instant begin, Instant then) {
    return Map.of(AT_WORK, new Story.Part("", begin, then).millis());
  }
}
