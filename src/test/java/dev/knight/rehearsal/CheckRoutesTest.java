package dev.knight.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.job.RepositoryName;
import dev.knight.rehearsal.Workflow.Built;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What checks the commits in the stand-in, held against GitHub's description. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class CheckRoutesTest {
  private static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");
  private static final String REPO = "/repos/ada/engine";

  @TempDir Path directory;
  private final GitHubDescription description = GitHubDescription.load();
  private StandInGitHub gitHub;
  private World world;
  private RestClient knight;
  private String head = "";

  @BeforeEach
  void start() throws Exception {
    gitHub = StandInGitHub.start(directory.resolve("hub"));
    gitHub.observe(description);
    world = gitHub.world();
    world.addRepository(ENGINE, Map.of("README.md", "# Engine\n"));
    world.addUser("sir-knight");
    world.addToken("t", "sir-knight", TokenRight.WRITE);
    world.permit(ENGINE, "sir-knight", Permission.WRITE);
    knight = new RestClient(gitHub, "t");
    world.addWorkflow(ENGINE, "ci", "build", CheckRoutesTest::oil);
    world.push(ENGINE, "topic", "ada", "Topic", Map.of("a.txt", "1"));
    world.openPullRequest(ENGINE, "ada", "Topic", "", "topic");
    head = knight.get(REPO + "/pulls/1").body().path("head").path("sha").asText();
  }

  @AfterEach
  void stop() throws IOException {
    knight.close();
    gitHub.close();
  }

  /** Needs oil, or a second try. */
  private static Built oil(Workflow.Build build) {
    boolean oiled = build.files().apply("oil.txt").isPresent() || build.attempt() > 1;
    return oiled ? Built.passed() : Built.failed("make", "the engine is dry");
  }

  @Test
  void all_that_checks_a_commit_is_as_github_describes_it() throws Exception {
    world.check(ENGINE, head, "lint-app", "lint", Built.failed("Lint", "line 3 is long"));
    world.check(ENGINE, head, "", "old-ci", Built.running());
    world.require(ENGINE, "main", Set.of("build"));

    JsonNode runs = get("/commits/" + head + "/check-runs?filter=latest&per_page=1");
    JsonNode second = get("/commits/" + head + "/check-runs?filter=latest&per_page=1&page=2");
    JsonNode status = get("/commits/" + head + "/status?per_page=100");
    JsonNode actions = get("/actions/runs?head_sha=" + head + "&per_page=100");
    String run = actions.path("workflow_runs").path(0).path("id").asText();
    JsonNode jobs = get("/actions/runs/" + run + "/jobs?filter=latest&per_page=100");
    JsonNode rules = get("/rules/branches/main?per_page=100");

    assertThat(runs.path("total_count").asInt()).isEqualTo(2);
    assertThat(runs.path("check_runs").path(0).path("conclusion").asText()).isEqualTo("failure");
    assertThat(second.path("check_runs").path(0).path("app").path("slug").asText())
        .isEqualTo("lint-app");
    long lint = second.path("check_runs").path(0).path("id").asLong();
    assertThat(get("/check-runs/" + lint + "/annotations").size()).isEqualTo(1);
    assertThat(status.path("state").asText()).isEqualTo("pending");
    assertThat(actions.path("workflow_runs").path(0).path("run_attempt").asInt()).isEqualTo(1);
    assertThat(jobs.path("jobs").path(0).path("steps").path(1).path("conclusion").asText())
        .isEqualTo("failure");
    assertThat(rules.path(0).path("type").asText()).isEqualTo("required_status_checks");
    assertThat(get("/commits/main/check-runs").path("total_count").asInt()).isEqualTo(1);
    description.assertNoViolations();
  }

  @Test
  void a_rerun_is_the_next_attempt_and_the_old_job_stays_readable() throws Exception {
    String run = runOf(head);
    long job = get("/actions/runs/" + run + "/jobs").path("jobs").path(0).path("id").asLong();

    RestClient.Reply rerun = knight.post(REPO + "/actions/runs/" + run + "/rerun-failed-jobs", "");

    assertThat(rerun.status()).isEqualTo(201);
    JsonNode again = get("/actions/runs?head_sha=" + head).path("workflow_runs").path(0);
    assertThat(again.path("run_attempt").asInt()).isEqualTo(2);
    assertThat(again.path("conclusion").asText()).isEqualTo("success");
    assertThat(get("/commits/" + head + "/check-runs?filter=all").path("total_count").asInt())
        .isEqualTo(2);
    assertThat(knight.get(REPO + "/actions/jobs/" + job + "/logs").status()).isEqualTo(302);
    assertThat(knight.post(REPO + "/actions/runs/" + run + "/rerun-failed-jobs", "").status())
        .isEqualTo(403);
    description.assertNoViolations();
  }

  @Test
  void a_log_lies_where_no_token_is_shown() throws Exception {
    long job =
        get("/actions/runs/" + runOf(head) + "/jobs").path("jobs").path(0).path("id").asLong();
    String place = knight.get(REPO + "/actions/jobs/" + job + "/logs").header("location");

    assertThat(read(place, "")).contains("##[group]Run make", "the engine is dry", "##[error]");
    assertThat(read(place, "Bearer t")).isEqualTo("403");
    description.assertNoViolations();
  }

  @Test
  void a_fine_grained_token_reads_no_check_runs_and_a_narrow_one_nothing() throws Exception {
    world.addToken("fine", "sir-knight", TokenRight.FINE_GRAINED);
    world.addToken("narrow", "sir-knight", TokenRight.NARROW);
    Map<String, String> fine = Map.of("Authorization", "Bearer fine");
    Map<String, String> narrow = Map.of("Authorization", "Bearer narrow");

    assertThat(knight.get(REPO + "/commits/" + head + "/check-runs", fine).status()).isEqualTo(403);
    assertThat(knight.get(REPO + "/commits/" + head + "/status", fine).status()).isEqualTo(200);
    assertThat(knight.get(REPO + "/actions/runs", fine).status()).isEqualTo(200);
    assertThat(knight.get(REPO + "/actions/runs", narrow).status()).isEqualTo(403);
    assertThat(knight.get(REPO + "/commits/" + "0".repeat(40) + "/status").status()).isEqualTo(422);
    description.assertNoViolations();
  }

  private JsonNode get(String path) throws Exception {
    RestClient.Reply reply = knight.get(REPO + path);
    assertThat(reply.status()).as(path).isEqualTo(200);
    return reply.body();
  }

  private String runOf(String commit) throws Exception {
    return get("/actions/runs?head_sha=" + commit)
        .path("workflow_runs")
        .path(0)
        .path("id")
        .asText();
  }

  private static String read(String place, String authorization) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(place));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200 ? response.body() : "" + response.statusCode();
    }
  }
}
