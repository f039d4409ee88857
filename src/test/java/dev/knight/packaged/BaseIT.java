package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Subject;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.Issue;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A branch that others move while knight works, and afterwards. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BaseIT {
  private static final String SHARED = "notes/shared.md";
  private static final String BEGIN = "this is fine\none\n";

  @TempDir private Path home;

  private final AtomicReference<Town> place = new AtomicReference<>();

  @Test
  void a_base_that_moves_is_followed_before_and_after_the_pull_request() throws Exception {
    try (Town town = new Town(home, this::answer)) {
      place.set(town);
      push(SHARED, BEGIN);
      try (Service _ = town.knight().serve()) {
        // While it works somebody changes another file: no model is asked for that.
        Subject first = town.ask(1);
        assertThat(town.finalWord(first)).contains("/pull/");
        Issue pull = town.pulls().getFirst();
        assertThat(town.file(pull, "notes/1.md")).isNotEmpty();
        assertThat(town.file(pull, "notes/other.md")).isEqualTo("moved, and fine\n");
        assertThat(parents(pull)).containsExactly(head());
        assertThat(asked("do not go together")).isZero();
        assertThat(implementing(1)).isEqualTo(3);

        // While it works somebody changes the same line: the agent settles it.
        Subject second = town.ask(2);
        assertThat(town.finalWord(second)).contains("/pull/");
        Issue shared = town.pulls().getLast();
        assertThat(town.file(shared, SHARED)).isEqualTo("this is fine\nhers and mine\n");
        assertThat(parents(shared)).containsExactly(head());
        assertThat(asked("do not go together")).isPositive();

        // The pull request is open, and the same line changes once more.
        push(SHARED, "this is fine\nhers again\n");
        town.await(
            "a merge of the base", () -> parents(shared).contains(head()) && isDone(town, second));
        assertThat(parents(shared)).hasSize(2);
        assertThat(town.file(shared, SHARED)).isEqualTo("this is fine\nhers again and mine\n");
        assertThat(town.own(second)).hasSize(1);
        assertThat(town.own(new Subject(Town.REPOSITORY, shared.number()))).isEmpty();
        assertThat(town.pulls()).hasSize(2);
        town.assertAsGitHubSays();
      }
    }
  }

  @Test
  void the_later_of_two_jobs_that_change_the_same_lines_is_told() throws Exception {
    try (Town town = new Town(home, this::clash)) {
      place.set(town);
      push(SHARED, BEGIN);
      try (Service _ = town.knight().serve()) {
        Subject first = town.ask(1);
        town.await("the first job's change", () -> asked("note 1", "tool") > 0);
        Subject second = town.ask(2);

        assertThat(town.finalWord(first)).contains("/pull/").doesNotContain("same lines");
        assertThat(town.finalWord(second))
            .contains("/pull/")
            .contains("Job 1, for #1, changes the same lines (%s)".formatted(SHARED));
        assertThat(asked("Another job changes the same lines")).isPositive();
        assertThat(town.own(second)).hasSize(1);
        town.assertAsGitHubSays();
      }
    }
  }

  /** Both change the same line, and neither ends before that was noticed. */
  private ModelAnswer clash(ModelRequest request) {
    if (!request.tools().contains("edit")) {
      return Town.notes(request);
    }
    String number = request.prompt().contains("note 2") ? "2" : "1";
    if (request.turn() == 0) {
      return ModelAnswer.text("I write it.").write(SHARED, "this is fine\nby " + number + "\n");
    }
    town()
        .await(
            "the clash", () -> town().knight().run("show", "2").out().contains("the same lines"));
    return Town.changed("Add note " + number);
  }

  private long asked(String words, String role) {
    return town().model().requests().stream()
        .filter(request -> request.prompt().contains(words))
        .filter(request -> request.messages().getLast().role().equals(role))
        .count();
  }

  private static boolean isDone(Town town, Subject issue) {
    return town.status(issue).startsWith("@ada, done");
  }

  private ModelAnswer answer(ModelRequest request) {
    boolean written = request.messages().getLast().role().equals("tool");
    if (!request.tools().contains("edit")) {
      return Town.notes(request);
    }
    if (request.lastPrompt().contains("do not go together")) {
      return written
          ? Town.changed("Add note 2")
          : ModelAnswer.text("I settle it.").write(SHARED, settled(request));
    }
    boolean second = request.prompt().contains("note 2");
    if (second) {
      if (!written) {
        return ModelAnswer.text("I write it.").write(SHARED, "this is fine\nmine\n");
      }
      push(SHARED, "this is fine\nhers\n");
      return Town.changed("Add note 2");
    }
    if (request.turn() == 1) {
      push("notes/other.md", "moved, and fine\n");
    }
    return Town.notes(request);
  }

  /** What the base has by now, and knight's own beside it. */
  private String settled(ModelRequest request) {
    assertThat(request.lastPrompt()).contains(SHARED);
    String theirs = town().world().file(Town.REPOSITORY, "main", SHARED).orElseThrow();
    return theirs.strip() + " and mine\n";
  }

  private long asked(String words) {
    return town().model().requests().stream()
        .filter(request -> request.lastPrompt().contains(words))
        .count();
  }

  private long implementing(int note) {
    return town().model().requests().stream()
        .filter(request -> request.tools().contains("edit"))
        .filter(request -> request.prompt().contains("note " + note))
        .count();
  }

  private List<String> parents(Issue pull) {
    return town().world().parents(Town.REPOSITORY, pull.pull().orElseThrow().head());
  }

  private String head() {
    return town().world().head(Town.REPOSITORY, "main").orElseThrow();
  }

  private void push(String file, String text) {
    town().world().push(Town.REPOSITORY, "main", "ada", "Move on", Map.of(file, text));
  }

  private Town town() {
    return place.get();
  }
}
