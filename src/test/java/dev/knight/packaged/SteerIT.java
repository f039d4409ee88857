package dev.knight.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Subject;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import dev.knight.rehearsal.Reaction;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People who have something to say while the agent works, and who look on. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SteerIT {
  private static final Pattern STARTED = Pattern.compile("\"kind\":\"started\",\"pid\":(\\d+)");
  private static final String WAIT = "touch busy; until [ -e go ]; do sleep 0.1; done; rm busy go";

  @TempDir private Path home;

  @Test
  void what_people_say_reaches_the_agent_once_whatever_dies_and_whoever_leaves() throws Exception {
    try (Town town = new Town(home, SteerIT::obeys)) {
      Service first = town.knight().serve();
      Subject issue = town.ask(1);
      town.await("the tool", () -> Files.exists(busy(town)));

      Onlooker ada = new Onlooker(town.knight().start("attach", "1"));
      Onlooker eve = new Onlooker(town.knight().start("attach", "1", "--json"));
      town.await("what was before", () -> ada.saw("I write it.") && eve.saw("I write it."));
      town.await(
          "the tool before", () -> ada.saw("write notes/1.md  ✓") && ada.saw("+note 1 is fine"));

      long comment = town.world().comment(issue, "ada", "@sir-knight please let it shout");
      town.await("the word in pi's queue", () -> steers(town) == 1);
      assertThat(eyes(town, comment)).isZero();

      first.kill();
      try (Service _ = town.knight().serve()) {
        ada.says("and greet the team");
        town.await("a word from the terminal", () -> show(town).contains("greet the team"));
        town.await("both in pi's queue", () -> steers(town) == 2);
        assertThat(eyes(town, comment)).isZero();

        Files.delete(busy(town));
        killPi(town);
        town.await("the next pi at its tool", () -> Files.exists(busy(town)));
        town.await("both in the next pi's queue", () -> steers(town) == 4);
        assertThat(eyes(town, comment)).isZero();
        ada.says("/detach");
        assertThat(ada.exitCode()).isZero();
        Files.createFile(town.worktree(1).resolve("go"));

        assertThat(town.finalWord(issue)).contains("done:");
        town.await("👀 once it is heard", () -> eyes(town, comment) == 1);
        assertThat(eve.exitCode()).isZero();
        assertThat(eve.seen())
            .contains(
                "please let it shout", "greet the team", "\"kind\":\"delta\"", "\"kind\":\"end\"")
            .doesNotContain(Town.MODEL_KEY);
        assertThat(ada.seen()).contains("» ada added: ");
        assertHeardOnce(town, "let it shout");
        assertHeardOnce(town, "greet the team");
        assertThat(town.file(town.pulls().getFirst(), "notes/1.md")).contains("is fine!!!");
        Program.Ended late = town.knight().run("steer", "1", "too late");
        assertThat(late.exitCode()).isEqualTo(1);
        assertThat(late.err()).contains("nobody hears it");
      }
      assertThat(town.knight().run("attach", "1").err()).contains("No service runs");
      town.assertAsGitHubSays();
    }
  }

  /** Waits in a tool until it may go on, and shouts once it was told to. */
  private static ModelAnswer obeys(ModelRequest request) {
    boolean told = count(request, "let it shout") > 0 || count(request, "greet the team") > 0;
    if (!request.tools().contains("edit") || request.turn() == 0) {
      return Town.notes(request);
    }
    if (!told) {
      return ModelAnswer.text("I wait.").bash(WAIT);
    }
    return request.lastText().contains("wrote")
        ? Town.changed("Add note 1")
        : ModelAnswer.text("I hear you.").write("notes/1.md", "note 1 is fine!!!\n");
  }

  private static long count(ModelRequest request, String words) {
    return request.messages().stream()
        .filter(message -> message.role().equals("user") && message.text().contains(words))
        .count();
  }

  /** In the last that the model was asked as the one who changes the code. */
  private static void assertHeardOnce(Town town, String words) {
    List<ModelRequest> asked =
        town.model().requests().stream()
            .filter(request -> request.tools().contains("edit"))
            .toList();
    assertThat(count(asked.getLast(), words)).as(words).isEqualTo(1);
  }

  private static long eyes(Town town, long comment) {
    Reaction.Target target = new Reaction.Target(Reaction.Kind.ISSUE_COMMENT, comment);
    return town.world().reactions(Town.REPOSITORY, target).size();
  }

  private static String show(Town town) {
    return town.knight().run("show", "1").out();
  }

  private static long steers(Town town) {
    return Pattern.compile("\"kind\":\"steer\"").matcher(journal(town)).results().count();
  }

  private static Path busy(Town town) {
    return town.worktree(1).resolve("busy");
  }

  private static void killPi(Town town) {
    long pid =
        STARTED
            .matcher(journal(town))
            .results()
            .map(MatchResult::group)
            .map(found -> found.replaceAll("\\D", ""))
            .mapToLong(Long::parseLong)
            .reduce(0, (_, last) -> last);
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  private static String journal(Town town) {
    try {
      return Files.readString(town.knight().home().resolve("recordings").resolve("1.jsonl"));
    } catch (IOException notYet) {
      return "";
    }
  }

  /** Somebody at a terminal of their own. */
  private static final class Onlooker {
    private final Process process;
    private final BufferedWriter keyboard;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    Onlooker(Process process) {
      this.process = process;
      this.keyboard = process.outputWriter(UTF_8);
      Thread.ofVirtual().start(() -> listen(process.inputReader(UTF_8)));
    }

    private void listen(BufferedReader screen) {
      screen.lines().forEach(lines::add);
    }

    boolean saw(String words) {
      return seen().contains(words);
    }

    String seen() {
      return String.join("\n", lines);
    }

    void says(String line) throws IOException {
      keyboard.write(line + "\n");
      keyboard.flush();
    }

    int exitCode() throws InterruptedException {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(this::seen).isTrue();
      return process.exitValue();
    }
  }
}
