package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Subject;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import dev.knight.rehearsal.Permission;
import dev.knight.rehearsal.Reaction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person talks with knight where they talk anyway, and it does no more than they want. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TalkIT {
  private static final String REVIEW =
      """
      Read.

      ```json
      {"verdict": "changes", "findings": [
        {"severity": "high", "file": "pump.sh", "line": 2, "text": "It never stops."},
        {"severity": "low", "file": "pump.sh", "line": 90, "text": "There is no test."}]}
      ```
      """;

  @TempDir private Path home;

  @Test
  void a_person_and_knight_talk() throws Exception {
    try (Town town = new Town(home, TalkIT::says);
        Service _ = town.knight().serve()) {
      helps(town);
      answers(town);
      reviews(town);
      changesItsMind(town);
      town.assertAsGitHubSays();
    }
  }

  /** Help is asked for, and a slip of the finger is understood as one. Nothing is started. */
  private static void helps(Town town) {
    Subject issue = town.world().openIssue(Town.REPOSITORY, "ada", "Just a question", "Hello");
    long slip = town.world().comment(issue, "ada", "@sir-knight stauts");

    town.await("help", () -> !town.own(issue).isEmpty());
    assertThat(town.own(issue).getFirst().body())
        .startsWith("I do not know the word `stauts`. Nothing was started.")
        .contains("I am not at work on anything here.");
    assertThat(town.model().requests()).isEmpty();
    assertThat(reactions(town, slip)).isEmpty();
  }

  /** A question is answered, and nothing is changed. */
  private static void answers(Town town) {
    Subject issue =
        town.world()
            .openIssue(Town.REPOSITORY, "ada", "A question", "@sir-knight ask: what is the title?");

    String answer = town.finalWord(issue);

    assertThat(answer).startsWith("@ada:").contains("It is **Notes**, see README.md:1.");
    assertThat(town.pulls()).isEmpty();
    assertThat(town.world().branches(Town.REPOSITORY)).containsExactly("main");
  }

  /** Somebody's pull request is reviewed, on its line where that is shown. */
  private static void reviews(Town town) {
    town.world().permit(Town.REPOSITORY, "eve", Permission.WRITE);
    town.world()
        .push(
            Town.REPOSITORY,
            "eves-pump",
            "eve",
            "A pump",
            Map.of("pump.sh", "#!/bin/sh\nwhile :; do :; done\n"));
    Subject pull =
        town.world().openPullRequest(Town.REPOSITORY, "eve", "A pump", "It pumps.", "eves-pump");
    town.world().comment(pull, "ada", "@sir-knight review");

    assertThat(town.finalWord(pull)).contains("I have reviewed it and found 2 things: ");
    assertThat(town.world().reviewComments(pull))
        .singleElement()
        .satisfies(remark -> {
          assertThat(remark.author().login()).isEqualTo("sir-knight");
          assertThat(remark.body()).isEqualTo("**high:** It never stops.");
          assertThat(remark.line().orElseThrow().line()).isEqualTo(2);
        });
    assertThat(town.world().branches(Town.REPOSITORY)).containsExactly("eves-pump", "main");
  }

  /**
   * A request is changed while its agent is at work, which is told the difference; then stopped.
   */
  private static void changesItsMind(Town town) {
    Subject issue = town.world().openIssue(Town.REPOSITORY, "ada", "Add a note", "Please.");
    long asked = town.world().comment(issue, "ada", "@sir-knight write a slow note\nabout cats");
    town.await("the agent", () -> hasHeard(town, "about cats"));
    town.world().comment(issue, "ada", "@sir-knight status?");
    town.await("an account", () -> town.own(issue).size() == 2);
    assertThat(town.own(issue).getLast().body())
        .contains("is at work: step **implement**", "knight · job 3");

    town.world().editComment(Town.REPOSITORY, asked, "@sir-knight write a slow note\nabout dogs");
    town.await("the edit", () -> hasHeard(town, "-about cats\n+about dogs"));

    town.world().editComment(Town.REPOSITORY, asked, "@sir-knight stop");
    town.await("the end", () -> town.own(issue).getFirst().body().contains("I have stopped"));
    assertThat(town.own(issue)).hasSize(2);
    assertThat(town.pulls()).hasSize(1);
  }

  private static boolean hasHeard(Town town, String words) {
    return town.model().requests().stream()
        .flatMap(request -> request.messages().stream())
        .anyMatch(message -> message.text().contains(words));
  }

  private static List<Reaction> reactions(Town town, long comment) {
    return town.world()
        .reactions(Town.REPOSITORY, new Reaction.Target(Reaction.Kind.ISSUE_COMMENT, comment));
  }

  private static ModelAnswer says(ModelRequest request) {
    if (request.prompt().contains("# The question")) {
      return request.turn() == 0
          ? ModelAnswer.text("I look.").read("README.md")
          : ModelAnswer.text("It is **Notes**, see README.md:1.");
    }
    if (request.prompt().contains("You review a pull request")) {
      return ModelAnswer.text(REVIEW);
    }
    return ModelAnswer.text("I work.").bash("sleep 1; echo " + request.turn());
  }
}
