package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Subject;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job may use, and what becomes of its work when it has used that. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LimitsIT {
  @TempDir private Path home;

  @Test
  void a_job_whose_time_is_up_says_what_is_done_and_left_and_keeps_its_work() throws Exception {
    try (Town town = new Town(home, writesThen(ModelAnswer.text("I wait.").bash("sleep 600")));
        Service _ = town.knight().with("KNIGHT_LIMITS_TIME", "40s").serve()) {
      assertThat(town.finalWord(town.ask(1)))
          .contains("The time for this job, 40 s, is used up.")
          .contains("Done: prepare; 1 file changed (+1 −0 lines).")
          .contains("Left: implement, review, verify, publish.")
          .contains("knight retry 1")
          .contains("branch `knight/job-1`");
      assertThat(kept()).isEqualTo("half\n");
      assertThat(town.pulls()).isEmpty();
      assertThat(town.knight().run("show", "1").out())
          .contains("Three quarters of the time or the budget are used");
    }
  }

  @Test
  void a_job_whose_budget_is_spent_is_stopped_and_never_tried_again_by_itself() throws Exception {
    ModelAnswer dear = ModelAnswer.text("").bash("echo $RANDOM").usage(60_000, 10, 0);
    try (Town town = new Town(home, writesThen(dear));
        Service _ = town.knight().with("KNIGHT_LIMITS_COST", "0.03 USD").serve()) {
      assertThat(town.finalWord(town.ask(1)))
          .contains("The budget of $0.03 for this job is used up")
          .contains("branch `knight/job-1`");
      assertThat(kept()).isEqualTo("half\n");
      String story = town.knight().run("show", "1").out();
      assertThat(story).contains("failed, try 1");
      // Two dear answers are the budget, and the gateway lets no third one begin.
      assertThat(town.model().requests()).hasSize(3);
      assertThat(Files.readString(home.resolve("k").resolve("accounts").resolve("1.jsonl")))
          .contains("\"used\":3", "\"input\":60000", "\"estimated\":false")
          .doesNotContain("\"estimated\":true");
      // pi counted the same.
      assertThat(story).doesNotContain("model gateway counts").doesNotContain("pi counts");
    }
  }

  @Test
  void a_job_that_turns_in_a_circle_is_stopped() throws Exception {
    ModelAnswer circle = ModelAnswer.text("").bash("cat README.md");
    try (Town town = new Town(home, writesThen(circle));
        Service _ = town.knight().serve()) {
      assertThat(town.finalWord(town.ask(1)))
          .contains("I made the same call over and over")
          .contains("branch `knight/job-1`");
    }
  }

  @Test
  void a_job_that_is_called_off_keeps_its_work() throws Exception {
    try (Town town = new Town(home, writesThen(ModelAnswer.text("I wait.").bash("sleep 600")));
        Service _ = town.knight().serve()) {
      Subject issue = town.ask(1);
      town.await("the second question", () -> town.model().requests().size() >= 2);

      assertThat(town.knight().run("stop", "1").exitCode()).isZero();

      town.await("the branch", () -> town.status(issue).contains("branch `knight/job-1`"));
      assertThat(town.status(issue)).contains("I have stopped");
      assertThat(kept()).isEqualTo("half\n");
    }
  }

  /** A model that makes half of what was asked for, and then goes on with {@code next} for ever. */
  private static Function<ModelRequest, ModelAnswer> writesThen(ModelAnswer next) {
    return request ->
        request.turn() == 0 ? ModelAnswer.text("I begin.").write("notes/1.md", "half\n") : next;
  }

  /** What the branch of job 1 has for note 1. */
  private String kept() throws IOException, InterruptedException {
    Path mirror = home.resolve("k").resolve("mirrors").resolve("ada").resolve("notes.git");
    Process git =
        new ProcessBuilder("git", "--git-dir", mirror.toString(), "show", "knight/job-1:notes/1.md")
            .redirectErrorStream(true)
            .start();
    try (var out = git.getInputStream()) {
      String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(git.waitFor(1, TimeUnit.MINUTES)).isTrue();
      return text;
    }
  }
}
