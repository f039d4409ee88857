package dev.knight.github;

import static dev.knight.github.GitHubScript.ENGINE;
import static dev.knight.github.GitHubScript.ISSUE;
import static dev.knight.github.GitHubScript.items;
import static dev.knight.github.GitHubScript.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.job.MisconfiguredException;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final GitHubScript script;

  ReadsTest() throws IOException {
    this.script = new GitHubScript();
  }

  @AfterEach
  void close() throws IOException {
    script.close();
  }

  @Test
  void every_request_bears_githubs_headers() {
    script.server.answer(200, user("knight", 9, "User"));

    script.github.me();

    ScriptedServer.Asked asked = script.server.last();
    assertThat(asked.method()).isEqualTo("GET");
    assertThat(asked.target()).isEqualTo("/api/v3/user");
    assertThat(asked.header("accept")).isEqualTo("application/vnd.github+json");
    assertThat(asked.header("authorization")).isEqualTo("Bearer ghp_first");
    assertThat(asked.header("user-agent")).isEqualTo("knight/0.1");
    assertThat(asked.header("x-github-api-version")).isEqualTo("2022-11-28");
  }

  @Test
  void the_own_account_is_asked_for_once_for_each_token() {
    script.server.answer(200, user("knight", 9, "User")).answer(200, user("other", 10, "Bot"));

    Account first = script.github.me();
    Account again = script.github.me();
    script.token("ghp_second");
    Account second = script.github.me();

    assertThat(first).isEqualTo(new Account(9, "knight", false)).isEqualTo(again);
    assertThat(second).isEqualTo(new Account(10, "other", true));
    assertThat(script.server.asked()).hasSize(2);
  }

  @Test
  void a_repository_is_told_in_knights_words() {
    script.server.answer(
        200, script.repository("ada/engine", script.server.origin() + "/ada/engine.git"));

    Optional<Repository> repository = script.github.repository(ENGINE);

    assertThat(repository)
        .contains(
            new Repository(
                5_000_000_000L,
                ENGINE,
                "main",
                URI.create(script.server.origin() + "/ada/engine.git"),
                URI.create(script.server.origin() + "/ada/engine"),
                false,
                true,
                true));
  }

  @Test
  void what_can_be_pushed_to_is_listed_over_all_pages_without_the_archived() {
    String origin = script.server.origin();
    String engine = script.repository("ada/engine", origin + "/ada/engine.git");
    String read = script.repository("ada/read", origin + "/ada/read.git");
    String old = script.repository("ada/old", origin + "/ada/old.git");
    String notes = script.repository("ada/notes", origin + "/ada/notes.git");
    String next = script.server.apiUrl() + "/user/repos?page=2";
    script
        .server
        .answer(
            200,
            "Link: <%s>; rel=\"next\"".formatted(next),
            "[%s, %s]".formatted(engine, read.replace("\"push\": true", "\"push\": false")))
        .answer(
            200,
            "[%s, %s]".formatted(old.replace("\"archived\": false", "\"archived\": true"), notes));

    List<Repository> pushable = script.github.pushable();

    assertThat(pushable)
        .extracting(repository -> repository.name().toString())
        .containsExactly("ada/engine", "ada/notes");
    assertThat(script.server.asked().getFirst().target())
        .startsWith("/api/v3/user/repos?affiliation=owner,")
        .contains("per_page=100");
  }

  @Test
  void a_clone_address_on_another_host_is_the_operators_to_explain() {
    script.server.answer(200, script.repository("ada/engine", "https://evil.example/engine.git"));

    assertThatThrownBy(() -> script.github.repository(ENGINE))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("evil.example");
  }

  @Test
  void what_is_not_there_is_empty() {
    script.server.answer(404, "{}").answer(404, "{}").answer(410, "{}").answer(404, "{}");

    assertThat(script.github.repository(ENGINE)).isEmpty();
    assertThat(script.github.issue(ISSUE)).isEmpty();
    assertThat(script.github.issue(ISSUE)).isEmpty();
    assertThat(script.github.pullRequest(ISSUE)).isEmpty();
  }

  @Test
  void an_issue_without_text_and_author_is_still_one() {
    script.server.answer(200, script.issue(7));

    Issue issue = script.github.issue(ISSUE).orElseThrow();

    assertThat(issue.id()).isEqualTo(40_000_000_001L);
    assertThat(issue.subject()).isEqualTo(ISSUE);
    assertThat(issue.body()).isEmpty();
    assertThat(issue.author()).isEmpty();
    assertThat(issue.open()).isTrue();
    assertThat(issue.locked()).isTrue();
    assertThat(issue.pullRequest()).isTrue();
  }

  @Test
  void an_issue_that_moved_to_another_number_is_not_there() {
    script.server.answer(200, script.issue(8));

    assertThat(script.github.issue(ISSUE)).isEmpty();
  }

  @Test
  void a_list_is_asked_with_sort_direction_and_since() {
    script.server.answer(
        200,
        "ETag: W/\"abc\"",
        "[" + script.comment(30_000_000_000L, "2026-11-22T11:30:00Z") + "]");

    Page<Comment> page = script.github.issueComments(ENGINE, ListQuestion.since(NOON));

    assertThat(script.server.last().target())
        .isEqualTo(
            "/api/v3/repos/ada/engine/issues/comments?sort=updated&direction=asc&per_page=100"
                + "&since=2026-11-22T12%3A00%3A00Z");
    assertThat(items(page).etag()).contains("W/\"abc\"");
    assertThat(items(page).answeredAt()).isEqualTo(NOON);
    assertThat(items(page).items()).extracting(Comment::id).containsExactly(30_000_000_000L);
  }

  @Test
  void a_list_that_has_not_changed_says_so() {
    script.server.answer(304, "");

    Page<Issue> page =
        script.github.issues(ENGINE, ListQuestion.since(NOON).unless(Optional.of("W/\"abc\"")));

    assertThat(page).isEqualTo(new Page.NotModified<Issue>());
    assertThat(script.server.last().header("if-none-match")).isEqualTo("W/\"abc\"");
    assertThat(script.server.last().target()).contains("/issues?state=all&sort=updated");
  }

  @Test
  void what_changed_anywhere_may_be_where_no_repository_of_knights_can_be() {
    String change =
        """
        {"node_id": "I_%d", "repository_url": "%s/repos/%s", "updated_at": "2026-11-22T11:30:00Z"}
        """;
    script.server.answer(
        200,
        "[%s, %s]"
            .formatted(
                change.formatted(1, script.server.apiUrl(), "ada_corp/engine"),
                change.formatted(2, script.server.apiUrl(), ENGINE)));

    Page<Change> page = script.github.changes(ListQuestion.since(NOON));

    assertThat(items(page).items())
        .extracting(Change::repository)
        .containsExactly(Optional.empty(), Optional.of(ENGINE));
  }

  @ParameterizedTest
  @CsvSource({"404, not exist", "410, turned off", "451, legal"})
  void a_list_that_cannot_be_read_says_why(int status, String why) {
    script.server.answer(status, "{}");

    assertThat(script.github.reviewComments(ENGINE, ListQuestion.since(NOON)))
        .isInstanceOfSatisfying(
            Page.Unreadable.class, page -> assertThat(page.reason()).contains(why));
  }

  @Test
  void all_pages_of_a_conversation_are_read() {
    String next = script.server.apiUrl() + "/repositories/1/issues/7/comments?page=2";
    script
        .server
        .answer(
            200,
            "Link: <" + next + ">; rel=\"next\", <x>; rel=\"last\"",
            "[" + script.comment(1, "2026-11-22T11:30:00Z") + "]")
        .answer(200, "[" + script.comment(2, "2026-11-22T11:31:00Z") + "]");

    assertThat(script.github.comments(ISSUE, Optional.empty()))
        .extracting(Comment::id)
        .containsExactly(1L, 2L);
    assertThat(script.server.last().target())
        .isEqualTo("/api/v3/repositories/1/issues/7/comments?page=2");
  }

  @Test
  void a_page_on_another_host_is_never_asked() {
    script.server.answer(200, "Link: <https://evil.example/x>; rel=\"next\"", "[]");

    assertThatThrownBy(() -> script.github.comments(ISSUE, Optional.empty()))
        .isInstanceOf(UnavailableException.class);
    assertThat(script.server.asked()).hasSize(1);
  }

  @Test
  void own_comments_with_a_marker_are_found_the_oldest_first() {
    script.server.answer(
        200,
        "[%s, %s, %s]"
            .formatted(
                script.comment(2, "2026-11-22T11:30:00Z", "<!-- knight:x -->"),
                script.comment(1, "2026-11-22T11:31:00Z", "<!-- knight:x --> edited"),
                script.comment(3, "2026-11-22T11:32:00Z", "none")));

    List<Comment> found =
        script.github.comments(ISSUE, 3_000_000_001L, "<!-- knight:x -->", Optional.of(NOON));

    assertThat(found).extracting(Comment::id).containsExactly(1L, 2L);
    assertThat(script.server.last().target()).endsWith("&since=2026-11-22T12%3A00%3A00Z");
  }

  @Test
  void the_marker_in_somebody_elses_comment_counts_for_nothing() {
    script.server.answer(
        200, "[" + script.comment(1, "2026-11-22T11:30:00Z", "<!-- knight:x -->") + "]");

    assertThat(script.github.comments(ISSUE, 9, "<!-- knight:x -->", Optional.empty())).isEmpty();
  }

  @Test
  void an_issue_is_told_with_the_names_of_its_labels() {
    String labels =
        "\"labels\": [{\"id\": 1, \"name\": \"plan-first\"}, \"odd\", {\"name\": null}], ";
    script.server.answer(200, script.issue(7).replace("\"user\"", labels + "\"user\""));

    assertThat(script.github.issue(ISSUE).orElseThrow().labels()).containsExactly("plan-first");
  }

  @Test
  void reactions_are_asked_for_conditionally_and_those_that_say_nothing_are_left_out() {
    String list = "[%s, %s]".formatted(reaction(31, "heart"), reaction(3_000_000_032L, "-1"));
    script.server.answer(200, "ETag: \"a\"", list).answer(304, "");

    Reactions first = script.github.reactions(ENGINE, 5, Optional.empty()).orElseThrow();
    Optional<Reactions> second = script.github.reactions(ENGINE, 5, first.etag());

    assertThat(first.all())
        .containsExactly(
            new Reacted(
                3_000_000_032L, new Account(5, "grace", false), Reaction.THUMBS_DOWN, NOON));
    assertThat(second).isEmpty();
    assertThat(script.server.last().target())
        .endsWith("/repos/ada/engine/issues/comments/5/reactions?per_page=100");
    assertThat(script.server.last().header("if-none-match")).isEqualTo("\"a\"");
  }

  @Test
  void the_entity_tag_of_one_page_does_not_speak_for_all() {
    String next = "Link: <" + script.server.apiUrl() + "/more>; rel=\"next\"";
    script
        .server
        .answer(200, "ETag: \"a\"\n" + next, "[" + reaction(31, "rocket") + "]")
        .answer(200, "ETag: \"b\"", "[" + reaction(32, "confused") + "]");

    Reactions all = script.github.reactions(ENGINE, 5, Optional.empty()).orElseThrow();

    assertThat(all.all())
        .extracting(Reacted::how)
        .containsExactly(Reaction.ROCKET, Reaction.CONFUSED);
    assertThat(all.etag()).isEmpty();
  }

  private static String reaction(long id, String content) {
    return "{\"id\": %d, \"content\": \"%s\", \"created_at\": \"%s\", \"user\": %s}"
        .formatted(id, content, NOON, user("grace", 5, "User"));
  }

  @ParameterizedTest
  @CsvSource({
    "admin, admin, ADMIN",
    "write, maintain, MAINTAIN",
    "write, write, WRITE",
    "write, admin, WRITE",
    "read, triage, TRIAGE",
    "read, admin, READ",
    "none, none, NONE",
    "owner, owner, NONE"
  })
  void a_permission_is_read_from_githubs_two_words(String word, String role, Permission meant) {
    script.server.answer(
        200,
        "{\"permission\": \"%s\", \"role_name\": \"%s\", \"user\": %s}"
            .formatted(word, role, user("grace", 5, "User")));

    assertThat(script.github.permission(ENGINE, new Person(5, "grace"))).isEqualTo(meant);
  }

  @Test
  void the_permission_of_someone_else_of_that_name_counts_for_nothing() {
    script.server.answer(
        200, "{\"permission\": \"admin\", \"user\": " + user("grace", 6, "User") + "}");

    assertThat(script.github.permission(ENGINE, new Person(5, "grace"))).isEqualTo(Permission.NONE);
  }

  @Test
  void a_login_is_encoded_in_the_address() {
    script.server.answer(200, "{\"permission\": \"none\", \"user\": null}");

    script.github.permission(ENGINE, new Person(5, "a/../b?c"));

    assertThat(script.server.last().target())
        .isEqualTo("/api/v3/repos/ada/engine/collaborators/a%2F..%2Fb%3Fc/permission");
  }

  @Test
  void an_unknown_user_may_do_nothing_but_a_hidden_repository_is_no_answer() {
    script
        .server
        .answer(404, "{}")
        .answer(200, script.repository("ada/engine", script.server.origin() + "/ada/engine.git"))
        .answer(404, "{}")
        .answer(404, "{}");

    assertThat(script.github.permission(ENGINE, new Person(5, "gone"))).isEqualTo(Permission.NONE);
    assertThatThrownBy(() -> script.github.permission(ENGINE, new Person(5, "gone")))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void a_redirect_on_the_same_host_is_followed_with_the_token() {
    script
        .server
        .answer(301, "Location: " + script.server.origin() + "/api/v3/repositories/1", "")
        .answer(307, "Location: /api/v3/repositories/2", "")
        .answer(200, script.repository("ada/motor", script.server.origin() + "/ada/motor.git"));

    Optional<Repository> repository = script.github.repository(ENGINE);

    assertThat(repository).map(Repository::name).contains(RepositoryName.parse("ada/motor"));
    assertThat(script.server.last().target()).isEqualTo("/api/v3/repositories/2");
    assertThat(script.server.last().header("authorization")).isEqualTo("Bearer ghp_first");
  }

  @Test
  void a_redirect_to_another_host_never_gets_there() throws IOException {
    try (ScriptedServer elsewhere = ScriptedServer.start()) {
      for (int i = 0; i < 3; i++) {
        script.server.answer(302, "Location: " + elsewhere.origin() + "/api/v3/user", "");
      }

      assertThatThrownBy(() -> script.github.me()).isInstanceOf(UnavailableException.class);
      assertThat(elsewhere.asked()).isEmpty();
    }
  }

  @Test
  void redirects_in_a_circle_end() {
    for (int i = 0; i < 20; i++) {
      script.server.answer(302, "Location: /api/v3/user", "");
    }

    assertThatThrownBy(() -> script.github.me()).isInstanceOf(UnavailableException.class);
  }

  @Test
  void a_renamed_repositorys_issues_are_not_taken_for_the_old_ones() {
    script.server.answer(200, script.issue(7).replace("repos/ada/engine", "repos/ada/motor"));

    assertThatThrownBy(() -> script.github.issue(ISSUE))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("ada/motor");
  }
}
