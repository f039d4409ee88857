package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Subject;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.Issue;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import dev.knight.rehearsal.Workflow;
import dev.knight.rehearsal.Workflow.Built;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What GitHub's own checks say of a pull request goes on with the job that opened it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedChecksIT {
  private static final String RED = "GitHub has run the project's checks";

  @TempDir private Path home;
  private final CountDownLatch redAsked = new CountDownLatch(1);
  private final CountDownLatch killed = new CountDownLatch(1);

  /**
   * Note 1 has to be signed, and its writer does not know; note 2 is checked by a machine that
   * fails once; note 3 passes on GitHub, though not here, and is a draft until then.
   */
  @Test
  void red_checks_are_mended_or_run_again_and_a_draft_is_called_ready() throws Exception {
    try (Town town = new Town(home, this::model)) {
      Map<String, String> fine = Map.of("notes/0.md", "note 0 is fine and signed\n");
      town.world().push(Town.REPOSITORY, "main", "ada", "Add note 0", fine);
      town.world().addWorkflow(Town.REPOSITORY, "ci", "signed", RedChecksIT::signed);
      Program knight =
          town.knight()
              .with("KNIGHT_CI_INTERVAL", "1s")
              .with("KNIGHT_CI_SETTLE", "1s")
              .with("KNIGHT_LIMITS_VERIFY_ROUNDS", "1");
      Subject one;
      try (Service first = knight.serve()) {
        one = town.ask(1);
        assertThat(redAsked.await(3, TimeUnit.MINUTES)).isTrue();
        first.kill();
      }
      killed.countDown();
      try (Service _ = knight.serve()) {
        town.await("green checks", () -> town.status(one).contains("1 passed."));
        Issue mended = pull(town, "Add note 1");
        assertThat(town.file(mended, "notes/1.md")).isEqualTo("note 1 is fine and signed\n");
        assertThat(town.status(one))
            .startsWith("@ada, done: ")
            .contains("/pull/" + mended.number());
        assertThat(town.own(new Subject(Town.REPOSITORY, mended.number()))).isEmpty();
        assertThat(redPrompts(town))
            .allSatisfy(prompt ->
                assertThat(prompt)
                    .contains("Check \"signed\" of github-actions: failure, in step \"sh sign.sh\"")
                    .contains("notes/1.md is not signed"));

        Subject two = town.ask(2);
        town.await("another try", () -> town.status(two).contains("1 passed."));
        Issue flaky = pull(town, "Add note 2");
        assertThat(runs(town, flaky)).isEqualTo(2);

        Subject three = town.ask(3);
        town.await("a draft", () -> town.status(three).contains("here is a draft"));
        Issue draft = pull(town, "Add note 3");
        assertThat(isDraft(town, draft)).isTrue();
        town.world().conclude(Town.REPOSITORY, head(town, draft), "signed", Built.passed());
        town.await("its readiness", () -> !isDraft(town, draft));
        town.await("a word on it", () -> town.status(three).contains("1 passed."));
        assertThat(town.status(three)).startsWith("@ada, done: ");
      }

      assertThat(redPrompts(town).stream().map(RedChecksIT::unmarked).distinct()).hasSize(1);
      assertThat(town.pulls()).hasSize(3);
      for (Issue pull : town.pulls()) {
        assertThat(town.own(new Subject(Town.REPOSITORY, pull.number()))).isEmpty();
      }
      town.assertAsGitHubSays();
    }
  }

  private static Built signed(Workflow.Build build) {
    boolean unsigned =
        build.files().apply("notes/1.md").filter(note -> !note.contains("signed")).isPresent();
    if (unsigned) {
      return Built.failed("sh sign.sh", "notes/1.md is not signed");
    }
    if (build.files().apply("notes/3.md").isPresent()) {
      return Built.running();
    }
    boolean second = build.files().apply("notes/2.md").isPresent();
    return second && build.attempt() == 1
        ? Built.failed("sh sign.sh", "Could not resolve host: keys.example")
        : Built.passed();
  }

  private ModelAnswer model(ModelRequest request) {
    if (!request.tools().contains("edit")) {
      return Town.notes(request);
    }
    List<String> said = request.messages().stream().map(ModelRequest.Message::text).toList();
    boolean red = said.stream().anyMatch(text -> text.startsWith(RED));
    if (red) {
      redAsked.countDown();
      await(killed);
      boolean signed = said.stream().anyMatch(text -> text.startsWith("I sign it."));
      return signed
          ? Town.changed("Add note 1")
          : ModelAnswer.text("I sign it.").write("notes/1.md", "note 1 is fine and signed\n");
    }
    boolean odd = request.prompt().contains("Add note 3") && request.turn() == 0;
    return odd
        ? ModelAnswer.text("I write it.").write("notes/3.md", "note 3 is odd\n")
        : Town.notes(request);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(3, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> redPrompts(Town town) {
    return town.model().requests().stream()
        .map(ModelRequest::lastPrompt)
        .filter(prompt -> prompt.startsWith(RED))
        .toList();
  }

  /** Asked again after a restart, what is quoted stands between other marks. */
  private static String unmarked(String prompt) {
    return prompt.replaceAll("[0-9a-f]{16}", "");
  }

  private static Issue pull(Town town, String title) {
    return town.pulls().stream()
        .filter(pull -> pull.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isDraft(Town town, Issue pull) {
    Subject subject = new Subject(Town.REPOSITORY, pull.number());
    return town.world().issue(subject).pull().orElseThrow().draft();
  }

  private static String head(Town town, Issue pull) {
    Subject subject = new Subject(Town.REPOSITORY, pull.number());
    return town.world().issue(subject).pull().orElseThrow().headCommit();
  }

  private static int runs(Town town, Issue pull) {
    return town.world().runs(Town.REPOSITORY, head(town, pull)).getFirst().attempt();
  }
}
