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
import dev.knight.rehearsal.Review.Opinion;
import dev.knight.rehearsal.World.Note;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reviewer states once, confirmed, and told to the next job. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MemoryIT {
  private static final String RULE = "Notes end with a full stop.";

  @TempDir private Path home;

  @Test
  void a_rule_from_a_review_is_confirmed_told_and_offered_to_the_repository() throws Exception {
    try (Town town = new Town(home, MemoryIT::answer);
        Service _ = town.knight().serve()) {
      town.world().addUser("grace");
      town.world().permit(Town.REPOSITORY, "grace", Permission.WRITE);
      Subject issue = town.ask(1);
      town.await("a pull request", () -> town.status(issue).contains("done:"));
      Issue pull = town.pulls().getFirst();
      Subject reviewed = new Subject(Town.REPOSITORY, pull.number());

      town.world()
          .review(
              reviewed,
              "grace",
              Opinion.CHANGES_REQUESTED,
              "One thing.",
              List.of(new Note("notes/1.md", 1, "Notes end with a full stop here.")));
      town.await("an answer that asks", () -> answer(town, reviewed).contains("keep in mind"));
      assertThat(answer(town, reviewed)).contains("“" + RULE + "”", "👍");
      assertThat(memory(town)).contains("\tcandidate\t", RULE);

      thumb(town, reviewed, "eve");
      thumb(town, reviewed, "grace");
      town.await("a confirmation", () -> memory(town).contains("\tconfirmed\t"));
      assertThat(town.knight().run("memory", "--json").out()).contains("confirmed by grace");

      Subject next = town.ask(2);
      town.await("another pull request", () -> town.status(next).contains("done:"));
      assertThat(implementing(town, 1)).isNotEmpty().noneMatch(it -> it.contains(RULE));
      assertThat(implementing(town, 2)).isNotEmpty().allMatch(it -> it.contains("1. " + RULE));

      String page = town.knight().run("memory", "propose", Town.REPOSITORY.toString()).out();
      Issue proposal = town.pulls().getLast();
      assertThat(page).contains("/pull/" + proposal.number());
      assertThat(town.file(proposal, "AGENTS.md")).contains("## Conventions", "- " + RULE);
      assertThat(proposal.body()).contains(RULE, "confirmed by grace");
      assertThat(town.knight().run("memory", "propose", Town.REPOSITORY.toString()).out())
          .isEqualTo(page);

      assertThat(town.knight().run("memory", "forget", "1").out()).contains("1 is dropped");
      assertThat(memory(town)).isEmpty();
      town.assertAsGitHubSays();
    }
  }

  private static String memory(Town town) {
    return town.knight().run("memory").out();
  }

  private static List<String> implementing(Town town, int note) {
    return town.model().requests().stream()
        .filter(request -> request.tools().contains("edit"))
        .map(ModelRequest::prompt)
        .filter(prompt -> prompt.contains("please write note " + note))
        .toList();
  }

  /** What knight answered in the review's thread. */
  private static String answer(Town town, Subject pull) {
    return answers(town, pull).stream().map(Comment::body).findFirst().orElse("");
  }

  private static List<Comment> answers(Town town, Subject pull) {
    return town.world().reviewComments(pull).stream()
        .filter(comment -> comment.author().login().equals("sir-knight"))
        .toList();
  }

  private static void thumb(Town town, Subject pull, String who) {
    long comment = answers(town, pull).getFirst().id();
    Reaction.Target target = new Reaction.Target(Reaction.Kind.REVIEW_COMMENT, comment);
    town.world().react(Town.REPOSITORY, target, who, "+1");
  }

  private static ModelAnswer answer(ModelRequest request) {
    if (!request.lastPrompt().contains("reviewed the pull request")) {
      return Town.notes(request);
    }
    boolean written = request.messages().getLast().role().equals("tool");
    return written
        ? ModelAnswer.text(
            """
            Done.

            ```json
            {"outcome": "changed", "title": "End the note", "summary": "It ends.", "question": "", "default": "",
             "answers": [{"remark": 1, "did": "changed", "text": "It has one."}],
             "rules": [{"remark": 1, "rule": "%s"}]}
            ```
            """
                .formatted(RULE))
        : ModelAnswer.text("I end it.").write("notes/1.md", "note 1 is fine.\n");
  }
}
