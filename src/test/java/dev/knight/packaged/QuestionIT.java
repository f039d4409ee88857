package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Subject;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.Issue;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent asks; nobody has to wait for the answer, and nobody has to live with the guess. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QuestionIT {
  private static final String ASKS =
      """
      I have to know.

      ```json
      {"outcome": "question", "questions": [
        {"question": "Which colour?", "default": "red", "reversible": true},
        {"question": "How long?", "default": "short", "reversible": true}]}
      ```
      """;

  @TempDir private Path home;

  @Test
  void a_question_blocks_nobody_and_an_answer_that_differs_has_the_rest_redone() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    try (Town town =
        new Town(
            home,
            request -> {
              ModelAnswer answer = colours(request);
              if (request.lastPrompt().startsWith("You are back where you asked")) {
                asked.countDown();
                await(killed);
              }
              return answer;
            })) {
      Subject issue = town.ask(1);
      Issue pull;
      try (Service first = town.knight().serve()) {
        assertThat(town.finalWord(issue))
            .contains("done:", "I did not wait for an answer", "Which colour? → red", "short");
        pull = town.pulls().getFirst();
        assertThat(pull.body())
            .contains("### Assumptions\n\n- Which colour? red\n- How long? short");
        assertThat(town.file(pull, "notes/2.md")).isEqualTo("red is fine\n");
        assertThat(town.own(issue)).hasSize(1);

        town.world()
            .comment(
                new Subject(Town.REPOSITORY, pull.number()), "ada", "@sir-knight make it blue");
        await(asked);
        first.kill();
      }
      killed.countDown();
      try (Service _ = town.knight().serve()) {
        town.await("the other colour", () -> town.file(pull, "notes/3.md").startsWith("blue"));
        town.await("its news", () -> town.status(issue).contains("not red: you said otherwise"));
        town.await("a final word", () -> town.status(issue).startsWith("@ada, done"));

        assertThat(town.file(pull, "notes/1.md")).as("made before").isEqualTo("note 1 is fine\n");
        assertThat(town.file(pull, "notes/2.md")).as("made after").isEmpty();
        assertThat(town.pulls()).hasSize(1);
        assertThat(town.pulls().getFirst().body())
            .contains("### Assumptions\n\n- How long? short")
            .doesNotContain("Which colour?");
        assertThat(redoing(town))
            .isNotEmpty()
            .allSatisfy(it -> assertThat(it).doesNotContain("Go on with what"));
        int questions = town.model().requests().size();

        town.world().comment(issue, "ada", "@sir-knight short is all right");
        town.await("its news", () -> town.status(issue).contains("you said the same"));
        town.await("a final word", () -> town.status(issue).startsWith("@ada, done"));

        assertThat(town.model().requests()).as("one to weigh it").hasSize(questions + 1);
        assertThat(town.file(pull, "notes/3.md")).isEqualTo("blue is fine\n");
        assertThat(town.own(issue)).hasSize(1);
        town.assertAsGitHubSays();
      }
    }
  }

  @Test
  void a_knight_that_waits_asks_all_its_questions_at_once() throws Exception {
    try (Town town = new Town(home, QuestionIT::colours);
        Service _ = town.knight().with("KNIGHT_QUESTIONS", "wait").serve()) {
      Subject issue = town.ask(1);
      town.await("its rest", () -> town.knight().run("jobs").out().contains("needs-you"));
      assertThat(town.knight().run("show", "1").out()).contains("1. Which colour?", "2. How long?");
      assertThat(town.pulls()).isEmpty();

      town.world().comment(issue, "ada", "@sir-knight 1: green 2: long");

      town.await("a pull request", () -> town.status(issue).startsWith("@ada, done"));
      Issue pull = town.pulls().getFirst();
      assertThat(town.file(pull, "notes/4.md")).isEqualTo("green is fine\n");
      assertThat(pull.body()).doesNotContain("Assumptions");
      assertThat(town.own(issue)).hasSize(1);
      town.assertAsGitHubSays();
    }
  }

  /** All that the model knew when it redid the work. */
  private static List<String> redoing(Town town) {
    return town.model().requests().stream()
        .filter(request -> request.lastPrompt().startsWith("You are back where you asked"))
        .map(request -> request.messages().toString())
        .toList();
  }

  private static ModelAnswer colours(ModelRequest request) {
    String prompt = request.lastPrompt();
    if (!request.tools().contains("edit")) {
      return Town.notes(request);
    }
    if (prompt.contains("Compare the words with what you assumed")) {
      String numbers = prompt.contains("make it blue") ? "\"differs\": [1]" : "\"confirms\": [2]";
      return ModelAnswer.text("```json\n{%s, \"more\": false}\n```".formatted(numbers));
    }
    if (prompt.contains("Go on with what you would assume")) {
      return writes(request, "notes/2.md", "red is fine\n");
    }
    if (prompt.contains("make it blue")) {
      return writes(request, "notes/3.md", "blue is fine\n");
    }
    if (prompt.contains("1: green")) {
      return writes(request, "notes/4.md", "green is fine\n");
    }
    return said(request) == 0
        ? ModelAnswer.text("First what is clear.").write("notes/1.md", "note 1 is fine\n")
        : ModelAnswer.text(ASKS);
  }

  private static ModelAnswer writes(ModelRequest request, String file, String content) {
    return said(request) == 0
        ? ModelAnswer.text("I write it.").write(file, content)
        : Town.changed("Add a note");
  }

  /** How often the model has answered since it was last asked something. */
  private static long said(ModelRequest request) {
    return request.messages().reversed().stream()
        .takeWhile(message -> !message.role().equals("user"))
        .filter(message -> message.role().equals("assistant"))
        .count();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(3, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
