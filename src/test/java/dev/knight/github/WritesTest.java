package dev.knight.github;

import static dev.knight.github.GitHubScript.ENGINE;
import static dev.knight.github.GitHubScript.ISSUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.job.Mention.Source;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WritesTest {
  private static final NewPullRequest WANTED =
      new NewPullRequest("Fix it", "Body", "knight/7", "main", true);

  private static final NewReview REVIEW =
      new NewReview("abc", "Read.", List.of(new NewReview.Line("a.c", 3, "Why?")));

  private final GitHubScript script;

  WritesTest() throws IOException {
    this.script = new GitHubScript();
  }

  @AfterEach
  void close() throws IOException {
    script.close();
  }

  @ParameterizedTest
  @CsvSource({
    "ISSUE, /issues/7/reactions",
    "ISSUE_COMMENT, /issues/comments/7/reactions",
    "REVIEW_COMMENT, /pulls/comments/7/reactions"
  })
  void a_reaction_goes_to_its_text(Source source, String path) {
    script.server.answer(201, "{\"id\": 1}");

    boolean there = script.github.react(ENGINE, source, 7, Reaction.EYES);

    assertThat(there).isTrue();
    assertThat(script.server.last().method()).isEqualTo("POST");
    assertThat(script.server.last().target()).isEqualTo("/api/v3/repos/ada/engine" + path);
    assertThat(script.server.last().body()).isEqualTo("{\"content\":\"eyes\"}");
    assertThat(script.server.last().header("content-type")).startsWith("application/json");
  }

  @Test
  void a_reaction_to_a_deleted_text_says_so() {
    script.server.answer(404, "{}");

    assertThat(script.github.react(ENGINE, Source.ISSUE_COMMENT, 7, Reaction.EYES)).isFalse();
  }

  @Test
  void a_request_by_hand_has_nothing_to_react_to() {
    assertThat(script.github.react(ENGINE, Source.COMMAND, 7, Reaction.EYES)).isFalse();
    assertThat(script.server.asked()).isEmpty();
  }

  @Test
  void a_comment_is_written() {
    script.server.answer(201, script.comment(5, "2026-11-22T11:30:00Z"));

    Comment comment = script.github.comment(ISSUE, "say \"hi\"");

    assertThat(comment.id()).isEqualTo(5);
    assertThat(script.server.last().target())
        .isEqualTo("/api/v3/repos/ada/engine/issues/7/comments");
    assertThat(script.server.last().body()).isEqualTo("{\"body\":\"say \\\"hi\\\"\"}");
  }

  @Test
  void labels_are_given_and_people_and_teams_are_asked_to_review() {
    script.server.answer(200, "[]");
    script.github.label(ISSUE, List.of("bug", "by knight"));
    assertThat(script.server.last().target()).endsWith("/issues/7/labels");
    assertThat(script.server.last().body()).isEqualTo("{\"labels\":[\"bug\",\"by knight\"]}");

    script.server.answer(201, "{}");
    script.github.askReview(ISSUE, "ada");
    assertThat(script.server.last().target()).endsWith("/pulls/7/requested_reviewers");
    assertThat(script.server.last().body()).isEqualTo("{\"reviewers\":[\"ada\"]}");

    script.server.answer(201, "{}");
    script.github.askReview(ISSUE, "ada/pumps");
    assertThat(script.server.last().body()).isEqualTo("{\"team_reviewers\":[\"pumps\"]}");

    script.server.answer(422, "{\"message\": \"not a collaborator\"}");
    assertThatThrownBy(() -> script.github.askReview(ISSUE, "eve"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("not a collaborator");
  }

  @Test
  void a_label_is_known_or_not() {
    script.server.answer(200, "{\"name\": \"by knight\"}");
    assertThat(script.github.hasLabel(ENGINE, "by knight")).isTrue();
    assertThat(script.server.last().target()).endsWith("/labels/by%20knight");

    script.server.answer(404, "{}");
    assertThat(script.github.hasLabel(ENGINE, "nope")).isFalse();
  }

  @Test
  void an_answer_goes_into_its_thread() {
    String answered =
        script
            .comment(6, "2026-11-22T11:30:00Z")
            .replace("issue_url", "pull_request_url")
            .replace("/issues/7\"", "/pulls/7\"");
    script.server.answer(201, answered);

    Comment answer = script.github.answer(ISSUE, 5, "done");

    assertThat(answer.id()).isEqualTo(6);
    assertThat(answer.subject()).isEqualTo(ISSUE);
    assertThat(script.server.last().method()).isEqualTo("POST");
    assertThat(script.server.last().target())
        .isEqualTo("/api/v3/repos/ada/engine/pulls/7/comments/5/replies");
    assertThat(script.server.last().body()).isEqualTo("{\"body\":\"done\"}");
  }

  @Test
  void a_review_says_what_it_says_on_its_lines() {
    script.server.answer(200, script.review(9));

    Optional<Review> review = script.github.review(ISSUE, REVIEW);

    assertThat(review).map(Review::id).contains(9L);
    assertThat(script.server.last().target()).isEqualTo("/api/v3/repos/ada/engine/pulls/7/reviews");
    assertThat(script.server.last().body())
        .isEqualTo(
            "{\"commit_id\":\"abc\",\"event\":\"COMMENT\",\"body\":\"Read.\",\"comments\":"
                + "[{\"path\":\"a.c\",\"line\":3,\"side\":\"RIGHT\",\"body\":\"Why?\"}]}");
  }

  @Test
  void a_review_with_a_line_that_is_not_in_the_diff_is_not_written() {
    script.server.answer(422, "{\"message\": \"Unprocessable Entity\"}");
    assertThat(script.github.review(ISSUE, REVIEW)).isEmpty();

    NewReview plain = new NewReview("abc", "Read.", List.of());
    script.server.answer(422, "{\"message\": \"Unprocessable Entity\"}");
    assertThatThrownBy(() -> script.github.review(ISSUE, plain))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void an_edit_of_a_deleted_comment_is_empty() {
    script.server.answer(200, script.comment(5, "2026-11-22T11:30:00Z")).answer(404, "{}");

    assertThat(script.github.editComment(ENGINE, 5, "new")).map(Comment::id).contains(5L);
    assertThat(script.github.editComment(ENGINE, 5, "newer")).isEmpty();
    assertThat(script.server.last().method()).isEqualTo("PATCH");
    assertThat(script.server.last().target())
        .isEqualTo("/api/v3/repos/ada/engine/issues/comments/5");
  }

  @Test
  void a_comment_is_deleted_and_one_that_is_gone_says_so() {
    script.server.answer(204, "").answer(404, "{}");

    assertThat(script.github.deleteComment(ENGINE, 5)).isTrue();
    assertThat(script.github.deleteComment(ENGINE, 5)).isFalse();
    assertThat(script.server.last().method()).isEqualTo("DELETE");
    assertThat(script.server.last().target())
        .isEqualTo("/api/v3/repos/ada/engine/issues/comments/5");
  }

  @Test
  void a_pull_request_is_opened() {
    script.server.answer(201, script.pull(8, "open", "knight/7"));

    Opening opening = script.github.open(ENGINE, WANTED);

    assertThat(opening).isInstanceOf(Opening.Created.class);
    assertThat(script.server.last().body())
        .isEqualTo(
            "{\"title\":\"Fix it\",\"body\":\"Body\",\"head\":\"knight/7\",\"base\":\"main\","
                + "\"draft\":true}");
  }

  @Test
  void a_pull_request_that_is_there_already_is_adopted() {
    script
        .server
        .answer(422, invalid("A pull request already exists for ada:knight/7."))
        .answer(200, "[" + script.pull(8, "open", "knight/7") + "]");

    Opening opening = script.github.open(ENGINE, WANTED);

    assertThat(opening)
        .isInstanceOfSatisfying(
            Opening.Adopted.class,
            adopted -> assertThat(adopted.pullRequest().subject().number()).isEqualTo(8));
    assertThat(script.server.last().target()).contains("/pulls?state=open&head=ada%3Aknight%2F7&");
  }

  @Test
  void one_that_is_there_but_not_shown_yet_is_looked_for_again() {
    script
        .server
        .answer(422, invalid("A pull request already exists for ada:knight/7."))
        .answer(200, "[]");

    assertThatThrownBy(() -> script.github.open(ENGINE, WANTED))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void a_branch_without_a_change_has_nothing_to_merge() {
    script.server.answer(422, invalid("No commits between main and knight/7"));

    assertThat(script.github.open(ENGINE, WANTED)).isEqualTo(new Opening.NothingToMerge());
  }

  @Test
  void a_branch_that_github_does_not_see_yet_passes() {
    script.server.answer(
        422,
        "{\"message\": \"Validation Failed\", \"errors\": [{\"field\": \"head\", \"code\": \"invalid\"}]}");

    assertThatThrownBy(() -> script.github.open(ENGINE, WANTED))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void a_missing_base_is_refused() {
    script.server.answer(
        422,
        "{\"message\": \"Validation Failed\", \"errors\": [{\"field\": \"base\", \"code\": \"invalid\"}]}");

    assertThatThrownBy(() -> script.github.open(ENGINE, WANTED))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("base invalid");
  }

  @Test
  void where_there_are_no_drafts_an_ordinary_one_is_opened() {
    script
        .server
        .answer(422, invalid("Draft pull requests are not supported in this repository."))
        .answer(201, script.pull(8, "open", "knight/7"));

    script.github.open(ENGINE, WANTED);

    assertThat(script.server.last().body()).contains("\"draft\":false");
  }

  @Test
  void the_open_pull_request_of_a_branch_comes_before_those_that_are_over() {
    script.server.answer(
        200,
        "[%s, %s, %s]"
            .formatted(
                script.pull(9, "closed", "knight/7"),
                script.pull(8, "open", "knight/7"),
                script.pull(10, "open", "other")));

    assertThat(script.github.pullRequest(ENGINE, "knight/7"))
        .map(pull -> pull.subject().number())
        .contains(8L);
    assertThat(script.server.last().target()).contains("state=all");
  }

  @Test
  void a_pull_request_is_read_and_its_text_replaced() {
    script
        .server
        .answer(
            200,
            script
                .pull(7, "closed", "knight/7")
                .replace("\"merged_at\": null", "\"merged_at\": \"x\""))
        .answer(200, script.pull(7, "open", "knight/7"));

    PullRequest pull = script.github.pullRequest(ISSUE).orElseThrow();
    script.github.editPullRequest(ISSUE, "new");

    assertThat(pull.merged()).isTrue();
    assertThat(pull.open()).isFalse();
    assertThat(pull.headRepository()).contains(ENGINE);
    assertThat(pull.author()).map(Account::id).contains(9L);
    assertThat(script.server.last().method()).isEqualTo("PATCH");
    assertThat(script.server.last().target()).isEqualTo("/api/v3/repos/ada/engine/pulls/7");
  }

  @Test
  void a_write_is_not_sent_after_a_repository_that_moved() {
    script.server.answer(307, "Location: /api/v3/repositories/1/issues/7/comments", "");

    assertThatThrownBy(() -> script.github.comment(ISSUE, "hello"))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("knight.github.repositories");
    assertThat(script.server.asked()).hasSize(1);
  }

  private static String invalid(String message) {
    return """
    {"message": "Validation Failed",
     "errors": [{"resource": "PullRequest", "code": "custom", "message": "%s"}]}
    """
        .formatted(message);
  }
}
