package dev.knight.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Subject;
import dev.knight.packaged.Program.Service;
import dev.knight.rehearsal.Issue;
import dev.knight.rehearsal.ModelAnswer;
import dev.knight.rehearsal.ModelRequest;
import dev.knight.rehearsal.Permission;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a pull request says of a change is what knight has measured, in the repository's own way.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EvidenceIT {
  private static final String CONFIGURATION =
      """
      verify:
        - sh lint.sh
        - sh tests/run.sh
      reviewers: ["@bob", nobody-here]
      labels: [bug, no-such-label]
      size: 30
      """;

  @TempDir private Path home;

  @Test
  void a_fix_is_proved_told_in_parts_and_handed_over_as_the_repository_wants_it() throws Exception {
    try (Town town = new Town(home, EvidenceIT::answer)) {
      settle(town);
      try (Service _ = town.knight().serve()) {
        Subject issue =
            town.world()
                .openIssue(Town.REPOSITORY, "ada", "Pump stalls", "@sir-knight please mend it");

        assertThat(town.finalWord(issue))
            .contains("/pull/")
            .contains("1 of 2 checks failed")
            .contains("All of them did before the change, too.");

        Issue pull = town.pulls().getFirst();
        assertThat(pull.pull().orElseThrow().draft()).isFalse();
        assertThat(pull.body())
            .containsSubsequence(
                "### Why\n\nIt stalled.",
                "### What\n\nIt runs.",
                "### Verified",
                "`sh lint.sh` | ❌ exit code 3 |",
                "❌ exit code 3 |",
                "`sh tests/run.sh` | ✅ passed (exit code 0) |",
                "One of these fails on the base (`",
                "With the one new or changed test file on the code of the base, `sh tests/run.sh` fails (exit code 1)",
                "### Decisions\n\n- A flag, not a timer",
                "### Risks\n\nNone known.",
                "### Left out\n\n- The other pump");
        assertThat(town.model().requests())
            .noneMatch(seen -> seen.lastPrompt().contains("not all of them passed"));
        assertThat(town.world().message(Town.REPOSITORY, pull.pull().orElseThrow().head()))
            .get()
            .asString()
            .startsWith("fix: make the pump run\n\nAsked for in #1.\n\nCo-authored-by: ada <")
            .contains("+ada@users.noreply.")
            .endsWith("\nKnight-Job: 1\n");
        assertThat(town.world().labels(subject(pull))).containsExactly("bug");
        assertThat(town.world().reviewers(subject(pull))).containsExactly("bob");

        Subject large =
            town.world().openIssue(Town.REPOSITORY, "ada", "Write a book", "@sir-knight write it");
        town.await("a hold", () -> town.status(large).contains("see it before I push"));
        assertThat(town.status(large))
            .contains("Reply `go` to have it whole")
            .contains("60 lines to read, and this repository wants at most 30")
            .contains("First the odd pages, then the even ones.");
        assertThat(town.pulls()).hasSize(1);
        town.world().comment(large, "ada", "@sir-knight go");
        town.await("a pull request", () -> town.status(large).contains("/pull/"));
        assertThat(town.file(town.pulls().getLast(), "book.md").lines()).hasSize(60);
        town.assertAsGitHubSays();
      }
    }
  }

  /** The repository's people have a way of their own, and a check that has failed for long. */
  private static void settle(Town town) {
    town.world().addUser("bob");
    town.world().permit(Town.REPOSITORY, "bob", Permission.READ);
    town.world().addLabel(Town.REPOSITORY, "bug");
    push(town, "docs: say what pumps do", Map.of("README.md", "# Pumps\n"));
    push(town, "feat(pump): add a pump", Map.of("pump.txt", "stalls\n"));
    push(town, "chore: add a linter", Map.of("lint.sh", "exit 3\n"));
    push(
        town,
        "test: run the tests",
        Map.of(
            "tests/run.sh", "for t in tests/*.check; do sh \"$t\" || exit 1; done\n",
            "tests/there.check", "test -e pump.txt\n"));
    push(town, "ci: tell knight", Map.of(".knight.yml", CONFIGURATION));
  }

  private static void push(Town town, String message, Map<String, String> files) {
    town.world().push(Town.REPOSITORY, "main", "ada", message, files);
  }

  private static Subject subject(Issue pull) {
    return new Subject(Town.REPOSITORY, pull.number());
  }

  private static ModelAnswer answer(ModelRequest request) {
    if (!request.tools().contains("edit")) {
      return Town.notes(request);
    }
    if (request.lastPrompt().contains("not published yet")) {
      return ModelAnswer.text("First the odd pages, then the even ones.");
    }
    boolean book = request.prompt().contains("Write a book");
    if (request.turn() > 0) {
      return book ? Town.changed("Write a book") : ModelAnswer.text(FIXED);
    }
    return book
        ? ModelAnswer.text("I write.").write("book.md", "One more line.\n".repeat(60))
        : ModelAnswer.text("I mend it.")
            .write("pump.txt", "runs\n")
            .write("tests/pump.check", "grep -q runs pump.txt\n");
  }

  private static final String FIXED =
      """
      Done.

      ```json
      {"outcome": "changed", "title": "Make the pump run", "summary": "It runs.", "why": "It stalled.", "what": "It runs.",
       "decisions": ["A flag, not a timer"], "risks": "None known.", "leftOut": ["The other pump"],
       "commit": "Make the pump run.", "fix": true, "question": "", "default": ""}
      ```
      """;
}
