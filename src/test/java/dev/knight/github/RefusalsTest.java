package dev.knight.github;

import static dev.knight.github.GitHubScript.ENGINE;
import static dev.knight.github.GitHubScript.ISSUE;
import static dev.knight.github.GitHubScript.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.Side;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of answer that is no success, and who must act on it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RefusalsTest {

  /** status | a header | message | who must act | a word of the sentence */
  private static final String TABLE =
      """
      400 |                                | Problems parsing JSON                    | bug      | Problems parsing
      401 |                                | Bad credentials                          | operator | does not accept the token
      403 |                                | Maximum number of login attempts exceeded | operator | does not accept the token
      403 | X-RateLimit-Remaining: 0       | API rate limit exceeded for user         | nobody   | rate limit
      403 | Retry-After: 30                | You have exceeded a secondary rate limit | nobody   | rate limit
      403 |                                | You have exceeded a secondary rate limit | nobody   | rate limit
      429 |                                | Slow down                                | nobody   | rate limit
      403 | X-Accepted-GitHub-Permissions: issues=write | Resource not accessible by personal access token | operator | issues=write
      403 |                                | Must have push access to view collaborator permission. | operator | Must have push access
      403 | X-GitHub-SSO: required         | Resource protected by organization SAML  | operator | single sign-on
      403 |                                | Although you appear to have the correct authorization credentials, the organization has an IP allow list enabled | operator | IP allow list
      403 |                                | Repository was archived so is read-only. | requester | archived
      403 |                                | Unable to create comment because issue is locked. | requester | locked
      403 |                                | Repository access blocked                | requester | blocked
      404 |                                | Not Found                                | requester | deleted or moved
      409 |                                | Git Repository is empty.                 | nobody   | empty
      410 |                                | This issue was deleted                   | requester | gone
      422 |                                | Validation Failed                        | requester | Validation Failed
      451 |                                | Repository access blocked                | requester | legal
      500 |                                | Server Error                             | nobody   | Server Error
      502 |                                | Server Error                             | nobody   | Server Error
      503 |                                | Unavailable                              | nobody   | Unavailable
      504 |                                | Timeout                                  | nobody   | Timeout
      415 |                                | Unsupported                              | bug      | Unsupported
      """;

  private final GitHubScript script;

  RefusalsTest() throws IOException {
    this.script = new GitHubScript();
  }

  @AfterEach
  void close() throws IOException {
    script.close();
  }

  static Stream<String> rows() {
    return TABLE.lines();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void a_refused_comment_says_who_must_act(String row) {
    String[] cells = Stream.of(row.split("\\|")).map(String::strip).toArray(String[]::new);
    script.server.answer(
        Integer.parseInt(cells[0]), cells[1], "{\"message\": \"" + cells[2] + "\"}");

    assertThatThrownBy(() -> script.github.comment(ISSUE, "hello"))
        .isInstanceOf(
            switch (cells[3]) {
              case "nobody" -> UnavailableException.class;
              case "requester" -> RefusedException.class;
              case "operator" -> MisconfiguredException.class;
              default -> IllegalStateException.class;
            })
        .hasMessageContaining(cells[4])
        .hasMessageNotContaining("ghp_first");
    assertThat(script.server.asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 409})
  void a_read_that_meets_an_outage_is_repeated_twice(int status) {
    script
        .server
        .answer(status, "<html>Bad Gateway</html>")
        .answer(status, "")
        .answer(200, user("knight", 9, "User"));

    assertThat(script.github.me().login()).isEqualTo("knight");
    assertThat(script.server.asked()).hasSize(3);
  }

  @Test
  void a_read_is_not_repeated_for_ever() {
    for (int i = 0; i < 9; i++) {
      script.server.answer(502, "<html>Bad Gateway</html>");
    }

    assertThatThrownBy(() -> script.github.me()).isInstanceOf(UnavailableException.class);
    assertThat(script.server.asked()).hasSize(3);
  }

  @Test
  void a_read_that_waited_for_its_turn_in_vain_is_not_repeated() {
    TimeoutException none = new TimeoutException();

    assertThat(Exchange.passesAtOnce(unavailable(none))).isFalse();
    assertThat(Exchange.passesAtOnce(unavailable(new IOException(none)))).isTrue();
  }

  private static UnavailableException unavailable(Exception cause) {
    return new UnavailableException(Side.GITHUB, "It is away.", Optional.empty(), cause);
  }

  @Test
  void a_refused_read_is_not_repeated() {
    script.server.answer(403, "{\"message\": \"Resource not accessible by integration\"}");

    assertThatThrownBy(() -> script.github.me()).isInstanceOf(MisconfiguredException.class);
    assertThat(script.server.asked()).hasSize(1);
  }

  @Test
  void an_outage_that_names_its_end_is_waited_out() {
    script.server.answer(503, "Retry-After: 90", "{\"message\": \"Maintenance\"}");

    UnavailableException outage =
        catchThrowableOfType(UnavailableException.class, () -> script.github.me());

    assertThat(outage.retryAt()).contains(script.clock.instant().plusSeconds(90));
    assertThat(script.server.asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>Whoa there!</html>",
        "",
        "[{\"id\": 1",
        "{}",
        "null",
        "[1]",
        "[[]]",
        "[{}]",
        "[] trailing",
        "\"text\""
      })
  void a_success_without_a_usable_list_is_an_outage(String body) {
    script.server.answer(200, body).answer(200, body).answer(200, body);

    assertThatThrownBy(() -> script.github.issues(ENGINE, ListQuestion.since(Instant.EPOCH)))
        .isInstanceOf(UnavailableException.class);
  }

  /** What is replaced in the JSON of a good comment, and by what. */
  private static final String HOSTILE =
      """
      "id": 1,            => "id": 99999999999999999999999,
      "id": 1,            => "id": -1,
      "id": 1,            => "id": 1.5,
      "id": 1,            => "id": "1",
      "id": 1,            =>
      "node_id": "IC_1"   => "node_id": "hand:1"
      "node_id": "IC_1"   => "node_id": ""
      "node_id": "IC_1"   => "node_id": null
      "body": "hello"     => "body": {"a": 1}
      "login": "ada"      => "login": "../../x"
      "login": "ada"      => "login": "a b"
      "html_url": "http   => "html_url": "javascript
      "html_url": "http://=> "html_url": "http://evil.example/
      /issues/7",         => /issues/0",
      /issues/7",         => /issues/7/../8",
      /issues/7",         => /issues/x",
      "updated_at": "2026 => "updated_at": "yesterday 2026
      "updated_at": "2026 => "updated_at": "+99999
      """;

  static Stream<String> hostile() {
    return HOSTILE.lines();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void one_hostile_item_makes_the_whole_page_useless(String row) {
    String[] sides = row.split("=>", 2);
    String good = script.comment(1, "2026-11-22T11:30:00Z");
    String bad = good.replace(sides[0].strip(), sides[1].strip());
    script.server.answer(200, "[" + good + "," + bad + "]");

    assertThat(bad).isNotEqualTo(good);
    assertThatThrownBy(() -> script.github.issueComments(ENGINE, ListQuestion.since(Instant.EPOCH)))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void what_is_unknown_in_an_item_is_left_out() {
    String more =
        "[{\"surprise\": {\"deep\": [1]},"
            + script.comment(1, "2026-11-22T11:30:00Z").strip().substring(1)
            + "]";
    script.server.answer(200, more);

    assertThat(script.github.issueComments(ENGINE, ListQuestion.since(Instant.EPOCH)))
        .isInstanceOf(Page.Items.class);
  }

  @Test
  void an_endless_text_is_cut_and_loses_its_zeros() {
    String body = "\\u0000" + "x".repeat(70_000);
    script.server.answer(200, "[" + script.comment(1, "2026-11-22T11:30:00Z", body) + "]");

    assertThat(script.github.comments(ISSUE, Optional.empty()).getFirst().body())
        .hasSize(Comment.MAX_TEXT)
        .startsWith("x");
  }

  @Test
  void json_that_is_nested_too_deeply_is_an_outage() {
    String deep = "[".repeat(100_000);
    script.server.answer(200, deep).answer(200, deep).answer(200, deep);

    assertThatThrownBy(() -> script.github.comments(ISSUE, Optional.empty()))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void an_answer_that_is_too_large_is_an_outage() {
    String large =
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[\"" + "x".repeat(Transport.MAX_BODY) + "\"]";
    script.server.raw(large).raw(large).raw(large);

    assertThatThrownBy(() -> script.github.comments(ISSUE, Optional.empty()))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("32 MiB");
  }

  @Test
  void an_answer_that_breaks_off_is_an_outage() {
    String cut = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n[{\"id\"";
    script.server.raw(cut).raw(cut).raw(cut);

    assertThatThrownBy(() -> script.github.comments(ISSUE, Optional.empty()))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void a_connection_that_breaks_is_an_outage() {
    script.server.raw("").raw("").raw("");

    assertThatThrownBy(() -> script.github.me())
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("cannot be reached");
    assertThat(script.server.asked()).hasSize(3);
  }

  @Test
  void a_write_whose_answer_is_lost_is_not_repeated() {
    script.server.raw("");

    assertThatThrownBy(() -> script.github.comment(ISSUE, "hello"))
        .isInstanceOf(UnavailableException.class);
    assertThat(script.server.asked()).hasSize(1);
  }

  @Test
  void a_token_with_a_line_break_never_leaves() {
    script.token("ghp_a\r\nX-Evil: 1");

    assertThatThrownBy(() -> script.github.me())
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageNotContaining("Evil");
    assertThat(script.server.asked()).isEmpty();
  }

  @Test
  void githubs_own_words_are_made_harmless() {
    script.server.answer(
        422,
        "{\"message\": \"a\\u001b[31m\\n\\u202eb\", \"errors\": [\"c\", {\"message\": \"d\"}]}");

    assertThatThrownBy(() -> script.github.comment(ISSUE, "hello"))
        .hasMessage("GitHub refuses a comment on ada/engine#7: a [31m b; c; d.");
  }
}
