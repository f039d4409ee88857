package dev.knight.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class GitHubDescriptionTest {
  private static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");
  private static final String REPO = "/repos/ada/engine";

  @TempDir Path directory;
  private final GitHubDescription description = GitHubDescription.load();
  private StandInGitHub gitHub;
  private World world;
  private RestClient knight;

  @BeforeEach
  void start() throws IOException {
    gitHub = StandInGitHub.start(directory.resolve("hub"));
    gitHub.observe(description);
    world = gitHub.world();
    world.addRepository(ENGINE, Map.of("README.md", "# Engine\n"));
    world.addUser("sir-knight");
    world.addToken("t", "sir-knight", TokenRight.WRITE);
    world.permit(ENGINE, "sir-knight", Permission.WRITE);
    knight = new RestClient(gitHub, "t");
  }

  @AfterEach
  void stop() throws IOException {
    knight.close();
    gitHub.close();
  }

  @Test
  void every_answer_is_as_github_describes_it() throws Exception {
    Subject issue = world.openIssue(ENGINE, "ada", "Broken", "Fix it, @sir-knight");
    world.label(issue, "plan-first");
    long comment = world.comment(issue, "ada", "Please");
    world.push(ENGINE, "topic", "ada", "Topic", Map.of("a.txt", "1"));
    world.push(ENGINE, "knight/1", "ada", "More", Map.of("b.txt", "1"));
    Subject pull = world.openPullRequest(ENGINE, "ada", "Topic", "Closes #1", "topic");
    long onLine = world.reviewComment(pull, "ada", "a.txt", 1, "Why?");
    world.review(pull, "ada", Review.Opinion.CHANGES_REQUESTED, "No");
    String one = REPO + "/issues/" + issue.number();
    String topic = REPO + "/pulls/" + pull.number();

    for (String path :
        new String[] {
          "/user",
          "/rate_limit",
          "/meta",
          "/issues?filter=all&state=all&since=2020-01-01T00:00:00Z&sort=updated&direction=asc&per_page=100",
          REPO,
          one,
          REPO
              + "/issues?state=all&since=2020-01-01T00:00:00Z&sort=updated&direction=asc&per_page=100",
          REPO + "/issues/comments?since=2020-01-01T00:00:00Z&sort=updated&direction=asc",
          REPO + "/issues/comments/" + comment,
          one + "/comments?per_page=1",
          one + "/reactions",
          REPO + "/issues/comments/" + comment + "/reactions",
          REPO + "/pulls?head=ada:topic&state=all",
          topic,
          REPO + "/pulls/comments?sort=updated&direction=asc",
          REPO + "/pulls/comments/" + onLine,
          REPO + "/pulls/comments/" + onLine + "/reactions",
          topic + "/comments",
          topic + "/reviews",
          REPO + "/collaborators/ada/permission",
          REPO + "/collaborators/sir-knight/permission",
          REPO + "/branches/main",
          REPO + "/branches/knight%2F1",
          REPO + "/git/ref/heads/main",
          REPO + "/issues/" + pull.number()
        }) {
      assertThat(knight.get(path).status()).as(path).isEqualTo(200);
    }
    description.assertNoViolations();
  }

  @Test
  void every_write_and_its_answer_is_as_github_describes_it() throws Exception {
    world.push(ENGINE, "knight/1", "ada", "More", Map.of("b.txt", "1"));
    Subject pull = world.openPullRequest(ENGINE, "ada", "Topic", "", "knight/1");
    long onLine = world.reviewComment(pull, "ada", "b.txt", 1, "Why?");
    world.push(ENGINE, "topic", "ada", "Topic", Map.of("a.txt", "1"));

    assertThat(status("POST", "/issues", "{\"title\":\"Broken\",\"body\":\"b\"}")).isEqualTo(201);
    assertThat(status("PATCH", "/issues/2", "{\"state\":\"closed\"}")).isEqualTo(200);
    assertThat(status("POST", "/issues/2/comments", "{\"body\":\"On it\"}")).isEqualTo(201);
    long comment = world.comments(new Subject(ENGINE, 2)).getFirst().id();
    String own = "/issues/comments/" + comment;
    assertThat(status("PATCH", own, "{\"body\":\"Done\"}")).isEqualTo(200);
    for (String target : new String[] {"/issues/2", own, "/pulls/comments/" + onLine}) {
      String eyes = "{\"content\":\"eyes\"}";
      assertThat(status("POST", target + "/reactions", eyes)).isEqualTo(201);
      assertThat(status("POST", target + "/reactions", eyes)).isEqualTo(200);
    }
    assertThat(status("DELETE", own, "")).isEqualTo(204);
    String thread = "/pulls/1/comments/" + onLine + "/replies";
    assertThat(status("POST", thread, "{\"body\":\"Because.\"}")).isEqualTo(201);
    assertThat(status("POST", "/pulls", pullRequest("topic"))).isEqualTo(201);
    assertThat(status("POST", "/issues/1/labels", "{\"labels\":[\"bug\"]}")).isEqualTo(200);
    assertThat(status("GET", "/labels/Bug", "")).isEqualTo(200);
    world.addUser("eve");
    world.permit(ENGINE, "eve", Permission.READ);
    String eve = "{\"reviewers\":[\"eve\"]}";
    assertThat(status("POST", "/pulls/1/requested_reviewers", eve)).isEqualTo(201);
    assertThat(world.reviewers(pull)).containsExactly("eve");
    assertThat(status("PATCH", "/pulls/3", "{\"title\":\"Better\",\"state\":\"closed\"}"))
        .isEqualTo(200);
    String review =
        """
        {"commit_id": "%s", "event": "COMMENT", "body": "Read.",
         "comments": [{"path": "b.txt", "line": %d, "side": "RIGHT", "body": "Why?"}]}
        """;
    String head = world.issue(pull).pull().orElseThrow().headCommit();
    assertThat(status("POST", "/pulls/1/reviews", review.formatted(head, 1))).isEqualTo(200);
    assertThat(status("POST", "/pulls/1/reviews", review.formatted(head, 9))).isEqualTo(422);
    description.assertNoViolations();
  }

  @Test
  void every_refusal_is_as_github_describes_it() throws Exception {
    Subject issue = world.openIssue(ENGINE, "ada", "Broken", "");
    world.push(ENGINE, "topic", "ada", "Topic", Map.of("a.txt", "1"));
    world.openPullRequest(ENGINE, "ada", "Topic", "", "topic");

    assertThat(status("GET", "/issues/99", "")).isEqualTo(404);
    assertThat(status("GET", "/issues/comments/99", "")).isEqualTo(404);
    assertThat(status("GET", "/branches/gone", "")).isEqualTo(404);
    assertThat(status("GET", "/labels/gone", "")).isEqualTo(404);
    String stranger = "{\"reviewers\":[\"nobody\"]}";
    assertThat(status("POST", "/pulls/2/requested_reviewers", stranger)).isEqualTo(422);
    assertThat(status("GET", "/git/ref/heads/gone", "")).isEqualTo(404);
    assertThat(status("GET", "/collaborators/nobody/permission", "")).isEqualTo(404);
    assertThat(status("POST", "/pulls", pullRequest("topic"))).isEqualTo(422);
    assertThat(status("POST", "/pulls", pullRequest("gone"))).isEqualTo(422);
    assertThat(status("POST", "/pulls", pullRequest("main"))).isEqualTo(422);
    String tooLong = "{\"body\":\"%s\"}".formatted("x".repeat(65_537));
    assertThat(status("POST", "/issues/1/comments", tooLong)).isEqualTo(422);
    world.lock(issue);
    world.permit(ENGINE, "sir-knight", Permission.READ);
    assertThat(status("POST", "/issues/1/comments", "{\"body\":\"b\"}")).isEqualTo(403);
    assertThat(status("GET", "/collaborators/ada/permission", "")).isEqualTo(403);
    world.setArchived(ENGINE, true);
    assertThat(status("POST", "/issues/1/comments", "{\"body\":\"b\"}")).isEqualTo(403);
    world.deleteIssue(issue);
    assertThat(status("GET", "/issues/1", "")).isEqualTo(410);
    world.renameRepository(ENGINE, RepositoryName.parse("ada/motor"));
    assertThat(status("GET", "", "")).isEqualTo(301);
    world.removeRepository(RepositoryName.parse("ada/motor"));
    assertThat(knight.get("/repos/ada/motor/issues/1").status()).isEqualTo(404);
    world.revokeToken("t");
    assertThat(knight.get("/user").status()).isEqualTo(401);
    description.assertNoViolations();
  }

  @Test
  void a_request_that_github_does_not_describe_is_caught() throws Exception {
    knight.get(REPO + "/issues?sort=date");
    knight.get(REPO + "/issues?sorted=updated");
    knight.get(REPO + "/no/such/thing");
    knight.post(REPO + "/issues", "{\"body\":\"no title\"}");

    assertThat(description.violations())
        .anyMatch(one -> one.contains("date") && one.contains("enum"))
        .anyMatch(one -> one.contains("sorted") && one.contains("unexpected"))
        .anyMatch(one -> one.contains("/no/such/thing"))
        .anyMatch(one -> one.contains("title"));
  }

  @Test
  void an_answer_that_github_would_not_give_is_caught() throws Exception {
    world.openIssue(ENGINE, "ada", "Broken", "");
    AtomicReference<Exchange> seen = new AtomicReference<>();
    gitHub.observe(seen::set);
    knight.get(REPO + "/issues/1");
    description.assertNoViolations();

    description.accept(with(seen.get(), 200, "{\"number\":\"one\"}"));
    description.accept(
        with(
            seen.get(),
            200,
            seen.get().responseBody().replace("\"locked\":false", "\"locked\":3")));
    description.accept(
        with(seen.get(), 200, seen.get().responseBody().replace("\"locked\"", "\"lokked\"")));
    description.accept(with(seen.get(), 418, "{\"teapot\":true}"));

    assertThat(description.violations())
        .anyMatch(one -> one.contains("required"))
        .anyMatch(one -> one.contains("/locked") && one.contains("type"))
        .anyMatch(one -> one.contains("lokked"))
        .anyMatch(one -> one.contains("teapot"));
  }

  private static Exchange with(Exchange seen, int status, String body) {
    return new Exchange(
        seen.at(),
        seen.method(),
        seen.path(),
        seen.query(),
        seen.requestHeaders(),
        seen.requestBody(),
        status,
        seen.responseHeaders(),
        body,
        false);
  }

  private static String pullRequest(String head) {
    return "{\"title\":\"T\",\"head\":\"%s\",\"base\":\"main\",\"body\":\"b\"}".formatted(head);
  }

  private int status(String method, String path, String body) throws Exception {
    return knight.send(method, REPO + path, body, Map.of()).status();
  }
}
