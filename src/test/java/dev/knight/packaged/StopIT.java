package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Subject;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import dev.knight.rehearsal.Reaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a stop does, and how soon: {@code -Dtest.stops=20} takes its time from the order to the
 * final comment with no process left, twenty times each.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StopIT {
  private static final int STOPS = Integer.getInteger("test.stops", 1);

  /** Ignores what can be ignored, and has a child in a session of its own that does, too. */
  private static final String STUBBORN =
      "trap '' TERM HUP INT; (trap '' TERM HUP; setsid sleep 1000 >/dev/null 2>&1 &);"
          + " touch busy; while :; do sleep 1; done";

  @TempDir private Path home;

  @Test
  void a_job_is_stopped_while_its_model_talks() throws Exception {
    try (Town town = new Town(home, _ -> talking());
        Service _ = town.knight().serve()) {
      stopped(
          town, number -> town.await("a question", () -> town.model().requests().size() >= number));
    }
  }

  @Test
  void a_job_is_stopped_while_its_tool_ignores_every_signal() throws Exception {
    try (Town town = new Town(home, StopIT::stubborn);
        Service _ = town.knight().serve()) {
      stopped(town, number -> town.await("the tool", () -> isBusy(town, number)));
    }
  }

  @Test
  void a_stop_in_a_comment_stops_the_job_and_its_checks() throws Exception {
    try (Town town = new Town(home, Town::notes)) {
      town.world()
          .push(Town.REPOSITORY, "main", "ada", "Stubborn", Map.of("check.sh", STUBBORN + "\n"));
      try (Service _ = town.knight().serve()) {
        Subject issue = town.ask(1);
        town.await("the check", () -> isBusy(town, 1));

        long comment = town.world().comment(issue, "ada", "@sir-knight stop");

        assertThat(town.finalWord(issue)).contains("I have stopped").contains("ada said stop");
        town.await("the end of all", () -> alive(town.knight().home()).isEmpty());
        Reaction.Target target = new Reaction.Target(Reaction.Kind.ISSUE_COMMENT, comment);
        town.await("a reaction", () -> !town.world().reactions(Town.REPOSITORY, target).isEmpty());
        assertThat(town.pulls()).isEmpty();
      }
    }
  }

  private interface Ready {
    void await(int number) throws Exception;
  }

  private void stopped(Town town, Ready ready) throws Exception {
    List<Duration> took = new ArrayList<>();
    for (int number = 1; number <= STOPS; number++) {
      Subject issue = town.ask(number);
      ready.await(number);

      long start = System.nanoTime();
      assertThat(town.knight().run("stop", Integer.toString(number)).exitCode()).isZero();
      assertThat(town.finalWord(issue)).contains("stopped");
      town.await("the end of all", () -> alive(town.knight().home()).isEmpty());
      took.add(Duration.ofNanos(System.nanoTime() - start));
    }
    Collections.sort(took);
    System.out.printf(
        "%d stops: median %d ms, longest %d ms%n",
        STOPS, took.get(STOPS / 2).toMillis(), took.getLast().toMillis());
  }

  /** Says one word after the other for minutes. */
  private static ModelAnswer talking() {
    return ModelAnswer.text("word ".repeat(2_000)).slowly(Duration.ZERO, Duration.ofMillis(100));
  }

  /** What runs in a jail can be seen from outside by what it writes into its worktree. */
  private static boolean isBusy(Town town, int job) {
    return Files.exists(town.worktree(job).resolve("busy"));
  }

  private static ModelAnswer stubborn(ModelRequest request) {
    return request.turn() == 0 ? ModelAnswer.text("I wait.").bash(STUBBORN) : Town.notes(request);
  }

  /** The processes, besides the service, that work for the knight of {@code home}. */
  static List<String> alive(Path home) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> worksFor(process, home))
        .map(Program::commandLine)
        .filter(line -> !line.contains(" serve"))
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static boolean worksFor(ProcessHandle process, Path home) {
    try {
      Path environ = Path.of("/proc", Long.toString(process.pid()), "environ");
      String variables = Files.readString(environ, StandardCharsets.ISO_8859_1);
      return Program.commandLine(process).contains(home + "/run/")
          || variables.contains("=" + home + "/");
    } catch (IOException gone) {
      return false;
    }
  }
}
