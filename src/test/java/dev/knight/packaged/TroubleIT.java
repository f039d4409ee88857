package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Subject;
import dev.knight.packaged.Program.Ended;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelFault;
import dev.knight.rehearsal.ModelRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TroubleIT {
  @TempDir private Path home;

  @Test
  void a_model_that_refuses_the_key_is_told_and_the_job_goes_on_once_it_is_mended()
      throws Exception {
    AtomicBoolean mended = new AtomicBoolean();
    ModelAnswer refusal = ModelAnswer.error(401, "Incorrect API key provided");
    try (Town town = new Town(home, request -> mended.get() ? Town.notes(request) : refusal);
        Service _ = town.knight().serve()) {
      Subject issue = town.ask(1);
      town.await("the news", () -> town.status(issue).contains("The operator of this knight"));
      assertThat(town.status(issue)).contains("401").contains("knight.model");

      mended.set(true);

      assertThat(town.finalWord(issue)).contains("done:");
      assertThat(town.knight().run("show", "1").out()).contains("done, try 1");
    }
  }

  @Test
  void a_model_that_stumbles_is_asked_again() throws Exception {
    try (Town town = new Town(home, first(2, ModelAnswer.error(429, "Rate limit reached")));
        Service _ = town.knight().serve()) {
      assertThat(town.finalWord(town.ask(1))).contains("done:");
    }
  }

  @Test
  void a_model_that_cuts_its_stream_is_asked_again() throws Exception {
    ModelAnswer cut = ModelAnswer.text("I begin and then").failing(new ModelFault.Cut(1));
    try (Town town = new Town(home, first(1, cut));
        Service _ = town.knight().serve()) {
      assertThat(town.finalWord(town.ask(1))).contains("done:");
    }
  }

  @Test
  void a_model_that_hangs_is_asked_again() throws Exception {
    ModelAnswer hang = ModelAnswer.text("").failing(new ModelFault.Hang(-1));
    try (Town town = new Town(home, first(1, hang));
        Service _ = town.knight().with("KNIGHT_LIMITS_STALL", "10s").serve()) {
      assertThat(town.finalWord(town.ask(1))).contains("done:");
    }
  }

  @Test
  void a_model_that_is_down_parks_the_job_and_says_when_it_goes_on() throws Exception {
    try (Town town = new Town(home, _ -> ModelAnswer.error(500, "The server had an error"));
        Service _ = town.knight().serve()) {
      Subject issue = town.ask(1);

      town.await("the news", () -> town.status(issue).contains("I try again at"));

      // The comment may tell of a try before the one that runs by now, as it is edited seldom.
      town.await("its rest", () -> town.knight().run("jobs").out().contains("retrying"));
      assertThat(town.knight().run("stop", "1").exitCode()).isZero();
      assertThat(town.finalWord(issue)).contains("stopped");
    }
  }

  @Test
  void a_pi_that_dies_goes_on_in_the_next_one() throws Exception {
    AtomicInteger turns = new AtomicInteger();
    try (Town town =
            new Town(
                home,
                request -> {
                  if (turns.incrementAndGet() == 2) {
                    killPi(home);
                  }
                  return Town.notes(request);
                });
        Service _ = town.knight().serve()) {
      assertThat(town.finalWord(town.ask(1))).contains("done:");
      assertThat(town.pulls()).hasSize(1);
    }
  }

  @Test
  void a_check_that_fails_goes_back_and_then_makes_a_draft() throws Exception {
    Function<ModelRequest, ModelAnswer> careless =
        request ->
            request.tools().contains("edit") && request.turn() == 0
                ? ModelAnswer.text("I write it.").write("notes/1.md", "this is bad\n")
                : request.tools().contains("edit") && request.turn() == 1
                    ? Town.changed("Add a bad note")
                    : Town.notes(request);
    try (Town town = new Town(home, careless);
        Service _ = town.knight().serve()) {
      assertThat(town.finalWord(town.ask(1))).contains("here is a draft");
      assertThat(town.pulls().getFirst().pull().orElseThrow().draft()).isTrue();
      assertThat(town.pulls().getFirst().body()).contains("`sh check.sh` | ❌ exit code 1");
      town.assertAsGitHubSays();
    }
  }

  @Test
  void nothing_to_change_ends_with_the_reason() throws Exception {
    ModelAnswer nothing =
        ModelAnswer.text(
            "```json\n{\"outcome\": \"no-change\", \"summary\": \"The note is there already.\"}\n```");
    try (Town town = new Town(home, _ -> nothing);
        Service _ = town.knight().serve()) {
      assertThat(town.finalWord(town.ask(1)))
          .contains("nothing had to change")
          .contains("The note is there already.");
    }
  }

  @Test
  void a_stranger_gets_no_answer() throws Exception {
    try (Town town = new Town(home, Town::notes);
        Service _ = town.knight().serve()) {
      Subject strange =
          town.world().openIssue(Town.REPOSITORY, "eve", "Add note 9", "@knight write note 9");
      town.finalWord(town.ask(1));

      assertThat(town.own(strange)).isEmpty();
      assertThat(town.pulls()).hasSize(1);
    }
  }

  @Test
  void a_broken_repository_configuration_is_told_and_left_out() throws Exception {
    try (Town town = new Town(home, Town::notes)) {
      town.world()
          .push(
              Town.REPOSITORY,
              "main",
              "ada",
              "Break it",
              Map.of(".knight.yml", "verfy: [sh check.sh]\n"));
      try (Service _ = town.knight().serve()) {
        assertThat(town.finalWord(town.ask(1))).contains("done:").contains("`verfy` is not a key");
      }
    }
  }

  @Test
  void enqueue_says_what_is_wrong_with_an_address() throws Exception {
    try (Town town = new Town(home, Town::notes)) {
      Subject issue = town.ask(1);
      Program knight = town.knight();

      Ended nonsense = knight.run("enqueue", "not-an-address");
      assertThat(nonsense.exitCode()).isEqualTo(2);
      assertThat(nonsense.err()).contains("is not the address of an issue");

      Ended foreign = knight.run("enqueue", town.page(issue).replace("ada/notes", "ada/other"));
      assertThat(foreign.exitCode()).isEqualTo(3);
      assertThat(foreign.err()).contains("knight.github.repositories");

      Ended missing = knight.run("enqueue", town.page(issue).replaceAll("[0-9]+$", "999"));
      assertThat(missing.exitCode()).isEqualTo(3);
      assertThat(missing.err()).contains("999");

      town.world().setArchived(Town.REPOSITORY, true);
      Ended archived = knight.run("enqueue", town.page(issue));
      assertThat(archived.exitCode()).isEqualTo(3);
      assertThat(archived.err()).contains("archived");

      town.world().removeRepository(Town.REPOSITORY);
      assertThat(knight.run("enqueue", town.page(issue)).exitCode()).isEqualTo(3);
      assertThat(knight.run("show", "1").exitCode()).isEqualTo(4);
    }
  }

  @Test
  void what_stops_the_service_is_said_in_one_sentence() throws Exception {
    try (Town town = new Town(home, Town::notes)) {
      Program knight = town.knight();

      assertRefused(knight.without("KNIGHT_GITHUB_TOKEN").run("serve"), "knight.github.token");
      assertRefused(
          knight.with("KNIGHT_GITHUB_TOKEN", "ghp_wrong0123456789").run("serve"), "token");
      assertRefused(knight.with("KNIGHT_AGENT_COMMAND", "/nowhere/pi").run("serve"), "/nowhere/pi");
      assertRefused(knight.with("KNIGHT_AGENT_COMMAND", oldPi().toString()).run("serve"), "0.73.1");
      assertRefused(knight.with("PATH", "/nowhere").run("serve"), "bubblewrap");
      assertRefused(knight.with("KNIGHT_WORKERS", "many").run("serve"), "knight.workers");
    }
  }

  @Test
  void a_service_that_is_told_to_end_while_it_starts_ends_in_order() throws Exception {
    try (Town town = new Town(home, Town::notes)) {
      town.gitHub()
          .observe(exchange -> {
            if (exchange.path().endsWith("/user")) {
              services(home).forEach(ProcessHandle::destroy);
            }
          });

      Ended ended = town.knight().run("serve");

      assertThat(ended.exitCode()).as(ended.err()).isZero();
      assertThat(ended.err()).contains("knight ends in order").doesNotContain("\tat ");
    }
  }

  @Test
  void a_second_service_on_one_home_is_refused_by_name() throws Exception {
    try (Town town = new Town(home, Town::notes);
        Service first = town.knight().serve()) {
      assertRefused(town.knight().run("serve"), "process " + first.process().pid());
    }
  }

  private static void assertRefused(Ended ended, String sentence) {
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
    assertThat(ended.err()).contains("knight: ").contains(sentence).doesNotContain("\tat ");
  }

  /** A pi of the time before it told when a run is over. */
  private Path oldPi() throws IOException {
    Path pi = home.resolve("old-pi");
    Files.writeString(pi, "#!/bin/sh\necho 0.73.1\n", StandardCharsets.UTF_8);
    return Files.setPosixFilePermissions(pi, PosixFilePermissions.fromString("rwx------"));
  }

  private static void killPi(Path home) {
    processes(home)
        .filter(process -> Program.commandLine(process).startsWith("pi"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static Stream<ProcessHandle> services(Path home) {
    return processes(home)
        .filter(process -> Program.commandLine(process).strip().endsWith(" serve"));
  }

  private static Stream<ProcessHandle> processes(Path home) {
    return ProcessHandle.allProcesses()
        .filter(process -> environment(process).contains(home.toString()));
  }

  private static String environment(ProcessHandle process) {
    try {
      Path environ = Path.of("/proc", Long.toString(process.pid()), "environ");
      return Files.readString(environ, StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  /** The first answers to implementers are {@code faulty}. */
  private static Function<ModelRequest, ModelAnswer> first(int times, ModelAnswer faulty) {
    AtomicInteger asked = new AtomicInteger();
    return request -> asked.incrementAndGet() <= times ? faulty : Town.notes(request);
  }
}
