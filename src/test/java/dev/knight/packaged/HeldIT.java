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

/** What changes the repository's workflows is not pushed before somebody who may has seen it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HeldIT {
  private static final String WORKFLOW = ".github/workflows/ci.yml";

  @TempDir private Path home;

  @Test
  void a_workflow_is_held_until_somebody_who_may_lets_exactly_that_through() throws Exception {
    try (Town town = new Town(home, HeldIT::workflows)) {
      town.world().permit(Town.REPOSITORY, "eve", Permission.READ);
      try (Service _ = town.knight().serve()) {
        Subject first = town.ask(1);
        String said = held(town, first);
        assertThat(said)
            .startsWith("@ada, ")
            .contains("`.github/workflows/ci.yml`: it changes what runs")
            .contains("+on: push");
        assertThat(town.pulls()).isEmpty();
        assertThat(town.world().branches(Town.REPOSITORY)).containsExactly("main");
        int asked = town.model().requests().size();

        thumbsUp(town, first, "eve");
        town.await("a look at eve", () -> wasAskedAbout(town, "eve"));
        assertThat(town.status(first)).isEqualTo(said);
        thumbsUp(town, first, "ada");
        town.await("a pull request", () -> town.status(first).contains("/pull/"));

        Issue pull = town.pulls().getFirst();
        assertThat(town.file(pull, WORKFLOW)).isEqualTo("on: push\n");
        assertThat(pull.body()).contains("### Held, then released by `ada`").contains(WORKFLOW);
        assertThat(town.model().requests()).hasSize(asked);

        Subject second = town.ask(2);
        held(town, second);
        assertThat(town.knight().run("release", "2").exitCode()).isZero();
        town.await("a pull request", () -> town.status(second).contains("/pull/"));
        assertThat(town.knight().run("release", "2").exitCode()).isNotZero();
        town.assertAsGitHubSays();
      }
    }
  }

  private static String held(Town town, Subject issue) {
    town.await("a hold", () -> town.status(issue).contains("see it before I push"));
    return town.status(issue);
  }

  /** Later than the comment by GitHub's clock, which knows whole seconds only. */
  private static void thumbsUp(Town town, Subject issue, String who) {
    Comment status = town.own(issue).getFirst();
    town.await("the next second", () -> Instant.now().isAfter(status.updatedAt().plusSeconds(1)));
    Reaction.Target target = new Reaction.Target(Reaction.Kind.ISSUE_COMMENT, status.id());
    town.world().react(Town.REPOSITORY, target, who, "+1");
  }

  private static boolean wasAskedAbout(Town town, String who) {
    return town.gitHub().requests().stream()
        .anyMatch(seen -> seen.path().endsWith("/collaborators/" + who + "/permission"));
  }

  private static ModelAnswer workflows(ModelRequest request) {
    ModelAnswer answer = Town.notes(request);
    boolean writes = request.tools().contains("edit") && request.turn() == 0;
    return writes ? answer.write(WORKFLOW, "on: push\n") : answer;
  }
}
