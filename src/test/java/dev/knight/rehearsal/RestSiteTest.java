package dev.knight.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class RestSiteTest {
  private static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");
  private static final String REPO = "/repos/ada/engine";
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path directory;
  private final AtomicReference<Instant> clock = new AtomicReference<>(START);
  private StandInGitHub gitHub;
  private World world;
  private RestClient knight;

  @BeforeEach
  void start() throws IOException {
    gitHub = StandInGitHub.start(directory.resolve("hub"), 0, clock::get);
    world = gitHub.world();
    world.addRepository(ENGINE, Map.of("README.md", "# Engine\n"));
    world.addUser("sir-knight");
    world.addUser("bob");
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
  void the_date_of_an_answer_is_the_time_of_the_world() throws Exception {
    assertThat(knight.get("/user").headers())
        .containsEntry("date", "Sun, 22 Nov 2026 10:00:00 GMT");
  }

  @Test
  void an_etag_holds_until_something_changes_and_costs_nothing() throws Exception {
    Subject issue = world.openIssue(ENGINE, "ada", "Broken", "");
    String url = REPO + "/issues?state=all&since=2026-11-22T09:00:00Z";
    RestClient.Reply first = knight.get(url);
    Map<String, String> held = Map.of("If-None-Match", first.header("etag"));

    RestClient.Reply second = knight.get(url, held);
    assertThat(second.status()).isEqualTo(304);
    assertThat(second.header("x-ratelimit-used")).isEqualTo(first.header("x-ratelimit-used"));
    assertThat(gitHub.requests().getLast().notModified()).isTrue();

    world.comment(issue, "ada", "More");
    assertThat(knight.get(url, held).status()).isEqualTo(200);
  }

  @Test
  void an_account_lists_the_issues_of_all_that_is_shared_with_it() throws Exception {
    RepositoryName shared = RepositoryName.parse("bob/shared");
    RepositoryName apart = RepositoryName.parse("bob/apart");
    for (RepositoryName name : List.of(shared, apart)) {
      world.addRepository(name, Map.of("a", "b"));
    }
    world.permit(shared, "sir-knight", Permission.WRITE);
    world.openIssue(ENGINE, "ada", "Old", "");
    clock.set(START.plusSeconds(60));
    world.openIssue(shared, "bob", "Shared", "");
    world.openIssue(apart, "bob", "Apart", "");
    clock.set(START.plusSeconds(90));
    world.openIssue(ENGINE, "ada", "New", "");

    String changed = "/issues?filter=all&sort=updated&direction=asc&since=" + START.plusSeconds(60);
    JsonNode issues = knight.get(changed).body();

    assertThat(issues.findValuesAsText("title")).containsExactly("Shared", "New");
    assertThat(issues.findValuesAsText("full_name")).containsExactly("bob/shared", "ada/engine");
    assertThat(knight.get("/issues").body()).isEmpty();
  }

  @Test
  void an_installation_of_an_app_may_not_list_the_issues_of_all() throws Exception {
    world.addToken("i", "sir-knight", TokenRight.INSTALLATION);
    try (RestClient installation = new RestClient(gitHub, "i")) {
      assertThat(installation.get("/issues?filter=all").status()).isEqualTo(403);
    }
  }

  @Test
  void an_account_lists_what_is_shared_with_it_page_by_page() throws Exception {
    world.addRepository(RepositoryName.parse("bob/public"), Map.of("a", "b"));
    world.addRepository(RepositoryName.parse("bob/shared"), Map.of("a", "b"));
    world.permit(RepositoryName.parse("bob/shared"), "sir-knight", Permission.READ);

    RestClient.Reply first = knight.get("/user/repos?per_page=1");
    RestClient.Reply all = knight.get("/user/repos?per_page=100");

    assertThat(first.header("link")).contains("/user/repos?page=2&per_page=1>; rel=\"next\"");
    assertThat(all.body().findValuesAsText("full_name"))
        .containsExactlyInAnyOrder("ada/engine", "bob/shared");
    assertThat(all.body().findValuesAsText("push")).containsExactlyInAnyOrder("true", "false");
  }

  @Test
  void an_etag_belongs_to_a_token() throws Exception {
    String tag = knight.get(REPO).header("etag");
    world.addToken("renewed", "sir-knight", TokenRight.WRITE);

    try (RestClient renewed = new RestClient(gitHub, "renewed")) {
      assertThat(renewed.get(REPO, Map.of("If-None-Match", tag)).status()).isEqualTo(200);
    }
  }

  @Test
  void since_is_inclusive_and_pages_by_key_reach_everything() throws Exception {
    Subject issue = world.openIssue(ENGINE, "ada", "Broken", "");
    List<Long> written = new ArrayList<>();
    for (int index = 0; index < 12; index++) {
      clock.set(START.plusSeconds(index / 3));
      written.add(world.comment(issue, "ada", "Comment " + index));
    }

    List<Long> read = new ArrayList<>();
    String since = START.toString();
    boolean more = true;
    while (more) {
      JsonNode page =
          knight
              .get(REPO + "/issues/comments?sort=updated&direction=asc&per_page=4&since=" + since)
              .body();
      page.forEach(comment -> read.add(comment.path("id").asLong()));
      more = page.size() == 4 && !page.path(3).path("updated_at").asText().equals(since);
      since = page.path(page.size() - 1).path("updated_at").asText();
    }

    assertThat(read).containsAll(written);
    assertThat(read.stream().distinct()).isSorted().hasSize(12);
  }

  @Test
  void an_edit_moves_a_comment_to_the_end_of_the_stream() throws Exception {
    Subject issue = world.openIssue(ENGINE, "ada", "Broken", "");
    long first = world.comment(issue, "ada", "First");
    world.comment(issue, "ada", "Second");
    clock.set(START.plusSeconds(60));
    world.editComment(ENGINE, first, "First, better");

    JsonNode comments = knight.get(REPO + "/issues/comments?sort=updated&direction=asc").body();

    assertThat(comments.path(1).path("id").asLong()).isEqualTo(first);
    assertThat(comments.path(1).path("updated_at").asText()).isEqualTo("2026-11-22T10:01:00Z");
    assertThat(comments.path(1).path("created_at").asText()).isEqualTo("2026-11-22T10:00:00Z");
  }

  @Test
  void links_lead_through_all_pages_by_the_number_of_the_repository() throws Exception {
    for (int index = 0; index < 5; index++) {
      world.openIssue(ENGINE, "ada", "Issue " + index, "");
    }

    RestClient.Reply first = knight.get(REPO + "/issues?per_page=2");
    String next = first.header("link").replaceFirst("^<([^>]+)>; rel=\"next\".*", "$1");
    RestClient.Reply second = knight.get(next);

    assertThat(next).contains("/repositories/");
    assertThat(second.body().findValuesAsText("number")).containsExactly("3", "2");
    assertThat(second.header("link")).contains("rel=\"prev\"", "rel=\"last\"");
  }

  @Test
  void a_pull_request_is_an_issue_too() throws Exception {
    world.openIssue(ENGINE, "ada", "Broken", "");
    world.push(ENGINE, "topic", "ada", "Topic", Map.of("a.txt", "1\n2\n"));
    String body = "{\"title\":\"T\",\"head\":\"topic\",\"base\":\"main\",\"body\":\"Closes #1\"}";

    JsonNode pull = knight.post(REPO + "/pulls", body).body();
    JsonNode asIssue = knight.get(REPO + "/issues/2").body();

    assertThat(pull.path("number").asInt()).isEqualTo(2);
    assertThat(pull.path("additions").asInt()).isEqualTo(2);
    assertThat(pull.path("commits").asInt()).isEqualTo(1);
    assertThat(pull.path("mergeable").asBoolean()).isTrue();
    assertThat(asIssue.has("pull_request")).isTrue();
    assertThat(asIssue.path("node_id")).isEqualTo(pull.path("node_id"));
    assertThat(asIssue.path("id")).isNotEqualTo(pull.path("id"));
    assertThat(asIssue.path("id").asLong()).isGreaterThan(Integer.MAX_VALUE);
    assertThat(knight.post(REPO + "/pulls", body).body().at("/errors/0/message").asText())
        .isEqualTo("A pull request already exists for ada:topic.");

    world.merge(new Subject(ENGINE, 2), "ada");
    assertThat(world.issue(new Subject(ENGINE, 1)).open()).isFalse();
    assertThat(world.file(ENGINE, "main", "a.txt")).isPresent();
    assertThat(knight.get(REPO + "/pulls/2").body().path("merged").asBoolean()).isTrue();
  }

  @Test
  void pull_requests_are_found_by_head_only_with_its_owner() throws Exception {
    world.push(ENGINE, "a", "ada", "A", Map.of("a.txt", "1"));
    world.push(ENGINE, "b", "ada", "B", Map.of("b.txt", "1"));
    world.openPullRequest(ENGINE, "ada", "A", "", "a");
    world.openPullRequest(ENGINE, "ada", "B", "", "b");

    assertThat(knight.get(REPO + "/pulls?head=ada:b").body()).hasSize(1);
    assertThat(knight.get(REPO + "/pulls?head=b").body()).hasSize(2);
    assertThat(knight.get(REPO + "/pulls?head=ada:b&state=closed").body()).isEmpty();
  }

  @Test
  void mentions_tell_people_once_and_never_from_code() throws Exception {
    Subject issue = world.openIssue(ENGINE, "ada", "Broken", "See `@bob`\n\n    @bob\n");
    assertThat(world.notifications("bob")).isEmpty();

    knight.post(REPO + "/issues/1/comments", "{\"body\":\"Look, @Bob! mail@bob.org\"}");
    assertThat(world.notifications("bob")).hasSize(1);
    long comment = world.comments(issue).getFirst().id();
    assertThat(world.notifications("bob").getFirst().commentId()).isEqualTo(comment);

    knight.patch(REPO + "/issues/comments/" + comment, "{\"body\":\"Look again, @bob\"}");
    assertThat(world.notifications("bob")).hasSize(1);
    knight.patch(REPO + "/issues/comments/" + comment, "{\"body\":\"And @ada @sir-knight\"}");
    assertThat(world.notifications("ada")).singleElement().matches(Notification::byEdit);
    assertThat(world.notifications("sir-knight")).isEmpty();
  }

  @Test
  void permissions_are_told_to_those_who_may_push() throws Exception {
    world.permit(ENGINE, "bob", Permission.MAINTAIN);

    JsonNode json = knight.get(REPO + "/collaborators/bob/permission").body();

    assertThat(json.path("permission").asText()).isEqualTo("write");
    assertThat(json.path("role_name").asText()).isEqualTo("maintain");
    assertThat(json.path("user").path("id").asLong()).isEqualTo(world.addUser("bob").id());
  }

  @Test
  void the_quota_runs_out_and_comes_back() throws Exception {
    gitHub.limitRequests(2);
    knight.get("/user");
    knight.get(REPO);
    RestClient.Reply third = knight.get(REPO);

    assertThat(third.status()).isEqualTo(403);
    assertThat(third.headers()).containsEntry("x-ratelimit-remaining", "0");
    assertThat(third.header("x-ratelimit-reset"))
        .isEqualTo(String.valueOf(START.plusSeconds(3600).getEpochSecond()));

    clock.set(START.plusSeconds(3600));
    assertThat(knight.get(REPO).status()).isEqualTo(200);
  }

  @Test
  void faults_strike_as_often_as_they_should() throws Exception {
    world.openIssue(ENGINE, "ada", "Broken", "");
    String comments = REPO + "/issues/1/comments";
    String body = "{\"body\":\"Hello\"}";
    gitHub.inject(Fault.on("POST", ".*/comments").badGateway().times(2));
    gitHub.inject(Fault.on("*", ".*").answer(500, "Server Error"));

    assertThat(knight.post(comments, body).header("content-type")).isEqualTo("text/html");
    assertThat(knight.post(comments, body).status()).isEqualTo(502);
    assertThat(knight.post(comments, body).status()).isEqualTo(500);
    assertThat(knight.post(comments, body).status()).isEqualTo(201);
    assertThat(gitHub.requests().stream().map(SeenRequest::status))
        .containsExactly(502, 502, 500, 201);
  }

  @Test
  void limits_can_be_claimed() throws Exception {
    gitHub.inject(Fault.on("GET", "/user").secondaryRateLimit(Duration.ofSeconds(7)));
    gitHub.inject(Fault.on("GET", "/user").primaryRateLimit(START.plusSeconds(90)));

    assertThat(knight.get("/user").headers()).containsEntry("retry-after", "7");
    RestClient.Reply primary = knight.get("/user");
    assertThat(primary.status()).isEqualTo(403);
    assertThat(primary.headers())
        .containsEntry("x-ratelimit-remaining", "0")
        .containsEntry("x-ratelimit-reset", String.valueOf(START.plusSeconds(90).getEpochSecond()));
    assertThat(knight.get("/user").status()).isEqualTo(200);
  }

  @Test
  void a_dropped_request_has_no_effect_and_a_lost_answer_has() throws Exception {
    Subject issue = world.openIssue(ENGINE, "ada", "Broken", "");
    String comments = REPO + "/issues/1/comments";
    gitHub.inject(Fault.on("POST", comments).dropBefore());
    assertThatThrownBy(() -> knight.post(comments, "{\"body\":\"a\"}"))
        .isInstanceOf(IOException.class);
    assertThat(world.comments(issue)).isEmpty();

    gitHub.inject(Fault.on("POST", comments).dropAfter());
    assertThatThrownBy(() -> knight.post(comments, "{\"body\":\"a\"}"))
        .isInstanceOf(IOException.class);
    assertThat(world.comments(issue)).hasSize(1);

    gitHub.inject(Fault.on("POST", comments).cutAfter(20));
    assertThatThrownBy(() -> knight.post(comments, "{\"body\":\"a\"}"))
        .isInstanceOf(IOException.class);
    assertThat(world.comments(issue)).hasSize(2);
  }

  @Test
  void lists_are_behind_and_a_look_by_number_is_not() throws Exception {
    Subject issue = world.openIssue(ENGINE, "ada", "Broken", "");
    long old = world.comment(issue, "ada", "Old");
    long gone = world.comment(issue, "ada", "Gone");
    gitHub.weather(Weather.CLEAR.behind(Duration.ofSeconds(10)));
    clock.set(START.plusSeconds(60));
    world.editComment(ENGINE, old, "New");
    world.deleteComment(ENGINE, gone);
    long fresh = world.comment(issue, "ada", "Fresh");
    world.push(ENGINE, "topic", "ada", "Topic", Map.of("a.txt", "1"));
    Subject pull = world.openPullRequest(ENGINE, "ada", "Topic", "", "topic");
    String comments = REPO + "/issues/1/comments";
    String pulls = REPO + "/pulls?head=ada:topic&state=all";

    assertThat(bodies(knight.get(comments).body())).containsExactly("Old", "Gone");
    assertThat(knight.get(pulls).body()).isEmpty();
    assertThat(knight.get(REPO + "/issues?state=all").body()).hasSize(1);
    String one = REPO + "/issues/comments/";
    assertThat(knight.get(one + old).body().path("body").asText()).isEqualTo("New");
    assertThat(knight.get(one + fresh).status()).isEqualTo(200);
    assertThat(knight.get(one + gone).status()).isEqualTo(404);
    assertThat(knight.get(REPO + "/pulls/" + pull.number()).status()).isEqualTo(200);

    clock.set(START.plusSeconds(70));
    world.closeIssue(pull);
    assertThat(bodies(knight.get(comments).body())).containsExactly("New", "Fresh");
    assertThat(knight.get(pulls).body().path(0).path("state").asText()).isEqualTo("open");
    clock.set(START.plusSeconds(80));
    assertThat(knight.get(pulls).body().path(0).path("state").asText()).isEqualTo("closed");
  }

  private static List<String> bodies(JsonNode comments) {
    return comments.findValuesAsText("body");
  }

  @Test
  void the_same_seed_brings_the_same_weather() throws Exception {
    Weather rain =
        Weather.CLEAR
            .dropping(0.2, 0.2)
            .failing(0.2)
            .limiting(0.2, Duration.ofSeconds(7))
            .slow(Duration.ofMillis(1));

    gitHub.weather(rain.seed(7));
    List<Integer> first = statuses();
    gitHub.weather(rain.seed(7));
    List<Integer> again = statuses();
    gitHub.weather(rain.seed(8));
    List<Integer> other = statuses();

    assertThat(first).contains(0, 404, 403, 502).isEqualTo(again).isNotEqualTo(other);
    gitHub.weather(Weather.CLEAR);
    assertThat(statuses()).containsOnly(404);
  }

  /** How forty writes end, of which no client repeats one by itself; 0 where no answer came. */
  private List<Integer> statuses() throws InterruptedException {
    List<Integer> statuses = new ArrayList<>();
    for (int index = 0; index < 40; index++) {
      try {
        statuses.add(knight.post(REPO + "/nothing", "{}").status());
      } catch (IOException lost) {
        statuses.add(0);
      }
    }
    return statuses;
  }

  @Test
  void something_can_be_done_while_an_answer_is_awaited() throws Exception {
    Subject issue = world.openIssue(ENGINE, "ada", "Broken", "");
    String comments = REPO + "/issues/1/comments";
    List<Integer> seen = new ArrayList<>();
    Runnable look = () -> seen.add(world.comments(issue).size());
    gitHub.inject(Fault.on("POST", comments).dropBefore(look));
    gitHub.inject(Fault.on("POST", comments).dropAfter(look));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> knight.post(comments, "{\"body\":\"a\"}"))
          .isInstanceOf(IOException.class);
    }

    assertThat(seen).containsExactly(0, 1);
  }

  @Test
  void a_token_for_reading_writes_nothing() throws Exception {
    world.openIssue(ENGINE, "ada", "Broken", "");
    world.addToken("reads", "sir-knight", TokenRight.READ);

    try (RestClient reader = new RestClient(gitHub, "reads")) {
      RestClient.Reply refused = reader.post(REPO + "/issues/1/comments", "{\"body\":\"a\"}");

      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.headers()).containsKey("x-accepted-github-permissions");
    }
  }

  @Test
  void a_deleted_issue_is_gone_and_its_number_is_not_given_again() throws Exception {
    Subject issue = world.openIssue(ENGINE, "ada", "Broken", "");
    world.comment(issue, "ada", "Really");
    world.deleteIssue(issue);

    assertThat(knight.get(REPO + "/issues/1").status()).isEqualTo(410);
    assertThat(knight.get(REPO + "/issues/comments").body()).isEmpty();
    assertThat(world.openIssue(ENGINE, "ada", "Next", "").number()).isEqualTo(2);
  }

  @Test
  void an_old_name_leads_to_the_repository() throws Exception {
    world.openIssue(ENGINE, "ada", "Broken", "");
    world.renameRepository(ENGINE, RepositoryName.parse("ada/motor"));

    RestClient.Reply moved = knight.get(REPO + "/issues?state=all");
    assertThat(moved.status()).isEqualTo(301);
    assertThat(knight.get(moved.header("location")).body()).hasSize(1);
    assertThat(knight.post(REPO + "/issues", "{\"title\":\"T\"}").status()).isEqualTo(307);
    assertThat(knight.get("/repos/ada/motor").body().path("full_name").asText())
        .isEqualTo("ada/motor");
  }

  @Test
  void strangers_see_public_repositories_alone() throws Exception {
    world.addUser("eve");
    world.addToken("eves", "eve", TokenRight.WRITE);

    try (RestClient eve = new RestClient(gitHub, "eves");
        RestClient nobody = new RestClient(gitHub, "")) {
      assertThat(eve.get(REPO).status()).isEqualTo(200);
      assertThat(nobody.get(REPO).status()).isEqualTo(200);
      world.setPrivate(ENGINE, true);
      assertThat(eve.get(REPO).status()).isEqualTo(404);
      assertThat(nobody.get(REPO).status()).isEqualTo(404);
      assertThat(nobody.get("/user").status()).isEqualTo(401);
    }
  }
}
