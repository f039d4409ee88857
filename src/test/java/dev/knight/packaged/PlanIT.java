package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Subject;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.Comment;
import dev.knight.rehearsal.Issue;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import dev.knight.rehearsal.Permission;
import dev.knight.rehearsal.Reaction;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People agree to a plan first, and direct a job by reactions to its status comment. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlanIT {
  @TempDir private Path home;

  @Test
  void a_plan_is_shown_revised_and_carried_out_once_somebody_agrees() throws Exception {
    try (Town town = new Town(home, PlanIT::plans)) {
      town.world().permit(Town.REPOSITORY, "eve", Permission.READ);
      Subject issue;
      try (Service _ = town.knight().serve()) {
        issue = town.world().openIssue(Town.REPOSITORY, "ada", "Add note 1", "@sir-knight plan it");
        town.await("a plan", () -> town.status(issue).contains("1. Write notes/1.md"));
        assertThat(town.status(issue))
            .startsWith("@ada, this is what I would do")
            .contains("Nothing is changed yet", "**Price.**", "🚀 starts this plan");

        town.world().comment(issue, "ada", "@sir-knight leave out the second step");
        town.await("another plan", () -> town.status(issue).contains("Not part of it: step 2"));
        assertThat(town.status(issue)).doesNotContain("2. Write notes/2.md");
      }
      int asked = town.model().requests().size();
      try (Service _ = town.knight().serve()) {
        react(town, issue, "eve", "rocket");
        town.await("a look at eve", () -> wasAskedAbout(town, "eve"));
        assertThat(town.model().requests()).hasSize(asked);
        assertThat(town.pulls()).isEmpty();

        react(town, issue, "ada", "rocket");
        town.await("a pull request", () -> town.status(issue).contains("/pull/"));

        Issue pull = town.pulls().getFirst();
        assertThat(town.file(pull, "notes/1.md")).isEqualTo("note 1 is fine\n");
        assertThat(town.status(issue))
            .contains("<details><summary>The plan that ada agreed to</summary>")
            .contains("Not part of it: step 2");
        assertThat(town.own(issue)).hasSize(1);
        assertThat(town.model().requests().stream().filter(PlanIT::isPlanning)).hasSize(2);
        // It goes on in the conversation that has planned, and is told what was agreed to.
        assertThat(town.model().requests().stream().map(ModelRequest::toString))
            .anySatisfy(said ->
                assertThat(said)
                    .contains("ada has agreed to this plan of yours", "2. Write notes/2.md"));
        town.assertAsGitHubSays();
      }
    }
  }

  @Test
  void a_budget_that_ran_out_is_given_again_and_what_runs_says_what_it_does_and_stops()
      throws Exception {
    try (Town town = new Town(home, PlanIT::dear);
        Service _ = town.knight().with("KNIGHT_LIMITS_COST", "0.03 USD").serve()) {
      Subject first = town.ask(1);
      assertThat(town.finalWord(first))
          .contains("The budget of $0.03 for this job is used up")
          .contains("🚀 gives me the same budget once more");

      react(town, first, "ada", "rocket");
      town.await("a pull request", () -> town.status(first).contains("/pull/"));

      assertThat(town.pulls()).hasSize(1);
      assertThat(town.own(first)).hasSize(1);
      assertThat(town.knight().run("jobs").out()).doesNotContain("\n2 ");
      assertThat(town.file(town.pulls().getFirst(), "notes/1.md")).isEqualTo("note 1 is fine\n");
      assertThat(town.model().requests().stream().map(ModelRequest::toString))
          .anySatisfy(said -> assertThat(said).contains("ada has given you the same once"));

      Subject second = town.world().openIssue(Town.REPOSITORY, "ada", "Wait", "@sir-knight wait");
      town.await("work", () -> town.status(second).contains("**implement** ← now"));
      assertThat(town.status(second)).contains("👎 stops me · 😕 asks what I am doing");
      react(town, second, "ada", "confused");
      town.await("an account", () -> town.own(second).size() == 2);
      assertThat(town.own(second).getLast().body()).contains("Job 2 is at work");

      react(town, second, "ada", "-1");
      town.await("an end", () -> town.own(second).getFirst().body().contains("I have stopped"));
      assertThat(town.own(second)).hasSize(2);
      town.assertAsGitHubSays();
    }
  }

  /** Later than the comment by GitHub's clock, which knows whole seconds only. */
  private static void react(Town town, Subject issue, String who, String content) {
    Comment status = town.own(issue).getFirst();
    town.await("the next second", () -> Instant.now().isAfter(status.updatedAt().plusSeconds(1)));
    Reaction.Target target = new Reaction.Target(Reaction.Kind.ISSUE_COMMENT, status.id());
    town.world().react(Town.REPOSITORY, target, who, content);
  }

  private static boolean wasAskedAbout(Town town, String who) {
    return town.gitHub().requests().stream()
        .anyMatch(seen -> seen.path().endsWith("/collaborators/" + who + "/permission"));
  }

  private static boolean isPlanning(ModelRequest request) {
    return request.lastPrompt().contains("wants to see a plan")
        || request.lastPrompt().contains("has read your plan");
  }

  private static ModelAnswer plans(ModelRequest request) {
    if (isPlanning(request)) {
      assertThat(request.tools()).containsExactlyInAnyOrder("find", "grep", "ls", "read");
      return ModelAnswer.text(
          request.lastPrompt().contains("has read your plan")
              ? "### Steps\n1. Write notes/1.md\n\nNot part of it: step 2"
              : "### Steps\n1. Write notes/1.md\n2. Write notes/2.md");
    }
    return worked(request);
  }

  /** Spends the first budget on half of note 1, and waits where it is asked to. */
  private static ModelAnswer dear(ModelRequest request) {
    boolean implementing = request.tools().contains("edit");
    if (implementing && request.prompt().contains("@sir-knight wait")) {
      return ModelAnswer.text("I wait.").bash("sleep 600");
    }
    if (implementing && !request.toString().contains("has given you the same once")) {
      return request.turn() == 0
          ? ModelAnswer.text("I begin.").write("notes/1.md", "half\n")
          : ModelAnswer.text("").bash("echo $RANDOM").usage(60_000, 10, 0);
    }
    return worked(request);
  }

  /** Writes note 1 for whatever was said last, and approves of it. */
  private static ModelAnswer worked(ModelRequest request) {
    if (!request.tools().contains("edit")) {
      return Town.notes(request);
    }
    boolean asked = request.messages().getLast().role().equals("user");
    return asked
        ? ModelAnswer.text("I write it.").write("notes/1.md", "note 1 is fine\n")
        : Town.changed("Add note 1");
  }
}
