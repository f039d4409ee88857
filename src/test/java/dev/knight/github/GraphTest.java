package dev.knight.github;

import static dev.knight.github.GitHubScript.ISSUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.job.MisconfiguredException;
import dev.knight.job.RefusedException;
import dev.knight.job.UnavailableException;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GraphTest {
  private static final ReviewThread THREAD = new ReviewThread("PRRT_1", 5, false);

  private final GitHubScript script;

  GraphTest() throws IOException {
    this.script = new GitHubScript();
  }

  @AfterEach
  void close() throws IOException {
    script.close();
  }

  @Test
  void threads_are_read_page_by_page() {
    script.server.answer(200, page("PRRT_1", "30000000005", true, "true, \"endCursor\": \"Y3\""));
    script.server.answer(200, page("PRRT_2", "6", false, "false, \"endCursor\": null"));

    assertThat(script.github.threads(ISSUE))
        .containsExactly(
            new ReviewThread("PRRT_1", 30_000_000_005L, true),
            new ReviewThread("PRRT_2", 6, false));

    assertThat(script.server.last().target()).isEqualTo("/api/graphql");
    assertThat(script.server.last().body()).contains("\"after\":\"Y3\"");
    assertThat(script.waits).as("a question is no write").isEmpty();
  }

  @Test
  void a_thread_is_resolved() {
    script.server.answer(
        200, "{\"data\": {\"resolveReviewThread\": {\"thread\": {\"id\": \"PRRT_1\"}}}}");

    script.github.resolve(THREAD);

    assertThat(script.server.last().body())
        .contains("resolveReviewThread")
        .contains("{\"id\":\"PRRT_1\"}");
  }

  @Test
  void an_error_with_status_200_says_who_must_act() {
    script.server.answer(200, error("\"type\": \"FORBIDDEN\","));
    script.server.answer(200, error("\"type\": \"NOT_FOUND\","));
    script.server.answer(200, error("\"type\": \"SERVICE_UNAVAILABLE\","));
    script.server.answer(200, error("\"extensions\": {\"code\": \"undefinedField\"},"));

    assertThatThrownBy(() -> script.github.resolve(THREAD))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("not accessible");
    assertThatThrownBy(() -> script.github.resolve(THREAD)).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> script.github.resolve(THREAD))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> script.github.resolve(THREAD))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_limit_with_status_200_pauses_everything() {
    script.server.answer(200, error("\"type\": \"RATE_LIMITED\","));

    assertThatThrownBy(() -> script.github.resolve(THREAD))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> script.github.repository(GitHubScript.ENGINE))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("goes on at");
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.github.com, https://api.github.com/graphql",
    "https://hub.example/api/v3, https://hub.example/api/graphql"
  })
  void graphql_has_an_address_of_its_own(URI api, URI graph) {
    assertThat(new Addresses(api).graph()).isEqualTo(graph);
  }

  private static String page(String id, String comment, boolean resolved, String more) {
    return """
    {"data": {"repository": {"pullRequest": {"reviewThreads": {"pageInfo": {"hasNextPage": %s},
     "nodes": [{"id": "%s", "isResolved": %s,
                "comments": {"nodes": [{"fullDatabaseId": "%s"}]}}]}}}}}
    """
        .formatted(more, id, resolved, comment);
  }

  private static String error(String kind) {
    return "{\"data\": null, \"errors\": [{%s \"message\": \"Resource not accessible\"}]}"
        .formatted(kind);
  }
}
