package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Subject;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.Comment;
import dev.knight.rehearsal.Issue;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import dev.knight.rehearsal.Permission;
import dev.knight.rehearsal.Review.Opinion;
import dev.knight.rehearsal.SeenRequest;
import dev.knight.rehearsal.World.Note;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A conversation about a pull request of knight's. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReviewIT {
  private static final String REMARKS = "Take up every remark";

  @TempDir private Path home;

  @Test
  void a_review_with_five_remarks_ends_in_one_push_and_five_answers() throws Exception {
    CountDownLatch pushed = new CountDownLatch(1);
    try (Town town = new Town(home, ReviewIT::model)) {
      Subject pull;
      Subject issue;
      List<Long> remarks;
      try (Service first = town.knight().serve()) {
        town.world().addUser("grace");
        town.world().permit(Town.REPOSITORY, "grace", Permission.WRITE);
        issue = town.ask(1);
        town.await("the pull request", () -> town.status(issue).contains("done:"));
        Issue opened = town.pulls().getFirst();
        pull = new Subject(Town.REPOSITORY, opened.number());
        String branch = opened.pull().orElseThrow().head();
        int pushes = pushes(town);
        town.gitHub()
            .observe(exchange -> {
              // Threads are looked at when the push is through, before anything is answered.
              if (exchange.path().endsWith("/graphql")) {
                pushed.countDown();
              }
            });

        town.world()
            .push(Town.REPOSITORY, branch, "grace", "By hand", Map.of("hand.md", "by hand\n"));
        remarks =
            town.world()
                .review(
                    pull,
                    "grace",
                    Opinion.CHANGES_REQUESTED,
                    "Nearly there.",
                    IntStream.rangeClosed(1, 5)
                        .mapToObj(i -> new Note("notes/1.md", 1, "Remark number " + i + "."))
                        .toList());

        assertThat(pushed.await(3, TimeUnit.MINUTES)).as("a push and what follows").isTrue();
        first.kill();
        assertThat(pushes(town)).isEqualTo(pushes + 1);
      }
      try (Service _ = town.knight().serve()) {
        town.await("five answers", () -> answers(town, pull).size() == 5);
        town.await("the last word", () -> town.own(pull).size() == 1);
        town.await("the end", () -> town.knight().run("jobs", "--json").out().contains("\"done\""));
        town.await(
            "four resolved",
            () ->
                remarks.stream().filter(id -> town.world().isResolved(Town.REPOSITORY, id)).count()
                    == 4);

        Issue changed = town.pulls().getFirst();
        String commit = changed.pull().orElseThrow().headCommit().substring(0, 10);
        assertThat(town.pulls()).hasSize(1);
        assertThat(town.file(changed, "hand.md")).isEqualTo("by hand\n");
        assertThat(town.file(changed, "notes/1.md")).contains("fine").contains("better");
        assertThat(answers(town, pull))
            .extracting(comment -> comment.line().orElseThrow().inReplyTo().orElse(0L))
            .containsExactlyInAnyOrderElementsOf(remarks);
        assertThat(answers(town, pull).stream().filter(ReviewIT::isDone))
            .hasSize(4)
            .allSatisfy(answer -> assertThat(answer.body()).contains("Done in " + commit));
        assertThat(answers(town, pull).stream().filter(answer -> !isDone(answer)))
            .singleElement()
            .satisfies(answer -> {
              assertThat(answer.body()).contains("I left this as it is").contains("It is right.");
              assertThat(answer.line().orElseThrow().inReplyTo()).contains(remarks.get(2));
              assertThat(town.world().isResolved(Town.REPOSITORY, remarks.get(2))).isFalse();
            });
        assertThat(town.own(pull).getFirst().body())
            .startsWith("@grace, I went through your review. 4 of 5 remarks served")
            .contains(commit);
        assertThat(town.own(issue)).hasSize(1);
        assertThat(town.knight().run("jobs").out()).contains("done").doesNotContain("queued");
        assertThat(reviewPrompts(town)).as("one prompt for the whole review").hasSize(1);
      }
      town.assertAsGitHubSays();
    }
  }

  /** The pushes that the stand-in has taken from knight. */
  private static int pushes(Town town) {
    return (int)
        town.gitHub().requests().stream()
            .map(SeenRequest::path)
            .filter(path -> path.endsWith("/git-receive-pack"))
            .count();
  }

  private static List<Comment> answers(Town town, Subject pull) {
    return town.world().reviewComments(pull).stream()
        .filter(comment -> comment.author().login().equals("sir-knight"))
        .toList();
  }

  private static boolean isDone(Comment answer) {
    return answer.body().startsWith("Done in ");
  }

  private static List<String> reviewPrompts(Town town) {
    return town.model().requests().stream()
        .map(ModelRequest::lastPrompt)
        .filter(prompt -> prompt.contains(REMARKS))
        .distinct()
        .toList();
  }

  private static ModelAnswer model(ModelRequest request) {
    if (!request.tools().contains("edit") || !request.lastPrompt().contains(REMARKS)) {
      return Town.notes(request);
    }
    boolean asked = request.messages().getLast().role().equals("user");
    return asked
        ? ModelAnswer.text("I see.").write("notes/1.md", "note 1 is fine, and better\n")
        : ModelAnswer.text(
            """
            Done.

            ```json
            {"outcome": "changed", "title": "Serve the review", "summary": "Better.", "question": "", "default": "",
             "answers": [
              {"remark": 1, "did": "changed", "text": "Reworded, cc @eve."},
              {"remark": 2, "did": "changed", "text": "Reworded."},
              {"remark": 3, "did": "disagree", "text": "It is right."},
              {"remark": 4, "did": "changed", "text": ""},
              {"remark": 5, "did": "changed", "text": "Reworded."}]}
            ```
            """);
  }
}
