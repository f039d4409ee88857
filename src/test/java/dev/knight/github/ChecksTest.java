package dev.knight.github;

import static dev.knight.github.GitHubScript.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.job.MisconfiguredException;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChecksTest {
  private static final String COMMIT = "0123456789012345678901234567890123456789";
  private static final String LACKING =
      "{\"message\": \"Resource not accessible by personal access token\"}";

  private final GitHubScript script;
  private final Checks checks;

  ChecksTest() throws IOException {
    this.script = new GitHubScript();
    this.checks = script.github.checks();
  }

  @AfterEach
  void close() throws IOException {
    script.close();
  }

  @Test
  void check_runs_are_told_in_knights_words() {
    script.server.answer(
        200,
        """
        {"total_count": 2, "check_runs": [
         {"id": 30000000001, "name": "build", "status": "completed", "conclusion": "timed_out",
          "app": {"slug": "github-actions"},
          "output": {"title": "Late", "summary": "too late", "text": null, "annotations_count": 3}},
         {"id": 2, "name": "lint", "status": "queued", "conclusion": null, "app": null,
          "output": {"title": null, "summary": null, "text": null, "annotations_count": 0}}]}
        """);

    assertThat(checks.runs(ENGINE, COMMIT).orElseThrow())
        .containsExactly(
            new CheckRun(
                30_000_000_001L, "github-actions", "build", Conclusion.TIMED_OUT, "Late\ntoo late"),
            new CheckRun(2, "", "lint", Conclusion.PENDING, ""));
    assertThat(script.server.last().target())
        .endsWith("/commits/" + COMMIT + "/check-runs?filter=latest&per_page=100");
  }

  @Test
  void every_page_is_read_and_what_has_not_changed_is_remembered() {
    String next = script.server.apiUrl() + "/repositories/1/commits/x/check-runs?page=2";
    String link = "Link: <" + next + ">; rel=\"next\"\nETag: \"one\"";
    script
        .server
        .answer(200, link, runs("a"))
        .answer(200, "ETag: \"two\"", runs("b"))
        .answer(304, "")
        .answer(200, "ETag: \"three\"", runs("c"));

    List<CheckRun> first = checks.runs(ENGINE, COMMIT).orElseThrow();
    List<CheckRun> second = checks.runs(ENGINE, COMMIT).orElseThrow();

    assertThat(first).extracting(CheckRun::name).containsExactly("a", "b");
    assertThat(second).extracting(CheckRun::name).containsExactly("a", "c");
    assertThat(script.server.asked().get(2).header("if-none-match")).isEqualTo("\"one\"");
    assertThat(script.server.last().header("if-none-match")).isEqualTo("\"two\"");
  }

  @Test
  void what_the_token_may_not_read_is_no_list() {
    script.server.answer(403, LACKING).answer(404, "{}");

    assertThat(checks.runs(ENGINE, COMMIT)).isEmpty();
    assertThat(checks.workflows(ENGINE, COMMIT)).isEmpty();
  }

  @Test
  void a_bad_token_and_a_commit_that_is_not_seen_yet_are_no_missing_permission() {
    script.server.answer(401, "{\"message\": \"Bad credentials\"}");
    assertThatThrownBy(() -> checks.runs(ENGINE, COMMIT))
        .isInstanceOf(MisconfiguredException.class);

    script.token("ghp_second");
    script.server.answer(422, "{\"message\": \"No commit found for SHA\"}");
    assertThatThrownBy(() -> checks.statuses(ENGINE, COMMIT))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void a_log_is_fetched_from_elsewhere_and_the_token_stays_here() throws IOException {
    try (ScriptedServer storage = ScriptedServer.start()) {
      String place = script.server.origin() + "/logs/1?sig=a%2Bb%2F%3D&se=2026";
      script.server.answer(302, "Location: " + place, "").answer(200, "line\nlast");
      assertThat(checks.log(ENGINE, 5)).contains("line\nlast");
      assertThat(script.server.last().target()).isEqualTo("/logs/1?sig=a%2Bb%2F%3D&se=2026");
      assertThat(script.server.last().header("authorization")).isEmpty();

      script.server.answer(302, "Location: " + storage.origin() + "/logs/1", "");
      assertThatThrownBy(() -> checks.log(ENGINE, 5)).isInstanceOf(UnavailableException.class);
      assertThat(storage.asked()).isEmpty();
    }
  }

  @Test
  void of_a_long_log_the_end_is_kept() {
    String line = "0123456789".repeat(100) + "\n";
    script
        .server
        .answer(302, "Location: " + script.server.origin() + "/logs/1", "")
        .answer(200, line.repeat(5_000) + "the end");

    String log = checks.log(ENGINE, 5).orElseThrow();

    assertThat(log).hasSize(2 << 20).endsWith("the end");
  }

  @Test
  void a_log_that_is_gone_is_none() {
    script
        .server
        .answer(410, "{}")
        .answer(302, "Location: " + script.server.origin() + "/logs/1", "")
        .answer(404, "gone");

    assertThat(checks.log(ENGINE, 5)).isEmpty();
    assertThat(checks.log(ENGINE, 5)).isEmpty();
  }

  @Test
  void a_branch_requires_what_its_rules_and_its_protection_say() {
    script
        .server
        .answer(
            200,
            """
            [{"type": "deletion"},
             {"type": "required_status_checks",
              "parameters": {"required_status_checks": [{"context": "build"}]}}]
            """)
        .answer(
            200,
            """
            {"name": "release/1", "protection": {"required_status_checks":
             {"contexts": ["lint"], "checks": [{"context": "test", "app_id": 1}]}}}
            """);

    assertThat(checks.required(ENGINE, "release/1"))
        .containsExactlyInAnyOrder("build", "lint", "test");
    assertThat(script.server.last().target()).endsWith("/branches/release%2F1");
  }

  @Test
  void a_branch_has_a_commit_at_its_head_or_is_not_there() {
    String commit = "a".repeat(40);
    script
        .server
        .answer(200, "{\"name\": \"release/1\", \"commit\": {\"sha\": \"%s\"}}".formatted(commit))
        .answer(404, "{\"message\": \"Branch not found\"}");

    assertThat(checks.head(ENGINE, "release/1")).contains(commit);
    assertThat(checks.head(ENGINE, "gone")).isEmpty();
    assertThat(script.server.last().target()).endsWith("/branches/gone");
  }

  @Test
  void a_run_is_run_again_if_github_lets_it() {
    script
        .server
        .answer(201, "{}")
        .answer(403, "{\"message\": \"This workflow run cannot be retried\"}");

    assertThat(checks.rerun(ENGINE, 9)).isTrue();
    assertThat(checks.rerun(ENGINE, 9)).isFalse();
    assertThat(script.server.last().target()).endsWith("/actions/runs/9/rerun-failed-jobs");
  }

  @Test
  void a_conclusion_that_nobody_knows_is_neither_good_nor_pending() {
    assertThat(Conclusion.of("completed", "baked")).isEqualTo(Conclusion.UNKNOWN);
    assertThat(Conclusion.UNKNOWN.isFine()).isFalse();
    assertThat(Conclusion.of("completed", "skipped").isFine()).isTrue();
    assertThat(Conclusion.of("waiting", "")).isEqualTo(Conclusion.PENDING);
    assertThat(Conclusion.ofState("error")).isEqualTo(Conclusion.FAILURE);
  }

  private static String runs(String name) {
    return """
    {"total_count": 1, "check_runs": [{"id": 1, "name": "%s", "status": "completed",
     "conclusion": "success", "app": {"slug": "x"}, "output": null}]}
    """
        .formatted(name);
  }
}
