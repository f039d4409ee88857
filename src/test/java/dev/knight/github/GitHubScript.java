package dev.knight.github;

import dev.knight.fake.TestClock;
import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import dev.knight.job.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A {@link RestGitHub} in front of a {@link ScriptedServer}, with a clock that stands. */
final class GitHubScript implements AutoCloseable {
  static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");
  static final Subject ISSUE = new Subject(ENGINE, 7);

  final ScriptedServer server;
  final TestClock clock = TestClock.atNoon();
  final List<Duration> waits = new ArrayList<>();
  final RestGitHub github;
  private Secret token = new Secret("ghp_first");
  private Runnable meanwhile = () -> {};

  GitHubScript() throws IOException {
    this.server = ScriptedServer.start();
    GitHubSettings settings =
        new GitHubSettings(server.apiUrl(), "knight/0.1", Duration.ofMillis(2));
    this.github = new RestGitHub(settings, () -> token, clock, this::await);
  }

  private void await(Duration wait) {
    waits.add(wait);
    meanwhile.run();
    clock.pass(wait);
  }

  /** {@code deed} is done while something waits. */
  void meanwhile(Runnable deed) {
    meanwhile = deed;
  }

  void token(String text) {
    token = new Secret(text);
  }

  /** The JSON of a comment in ada/engine#7. */
  String comment(long id, String updatedAt) {
    return comment(id, updatedAt, "hello");
  }

  String comment(long id, String updatedAt, String body) {
    return """
    {"id": %d, "node_id": "IC_%d", "body": "%s", "user": %s,
     "html_url": "%s/ada/engine/issues/7#issuecomment-%d",
     "issue_url": "%s/repos/ada/engine/issues/7",
     "created_at": "2026-11-22T11:00:00Z", "updated_at": "%s"}
    """
        .formatted(
            id,
            id,
            body,
            user("ada", 3_000_000_001L, "User"),
            server.origin(),
            id,
            server.apiUrl(),
            updatedAt);
  }

  /** The JSON of a review of ada/engine#7. */
  String review(long id) {
    return """
    {"id": %d, "node_id": "PRR_%d", "body": "Read.", "user": %s, "state": "COMMENTED",
     "html_url": "%s/ada/engine/pull/7#pullrequestreview-%d",
     "submitted_at": "2026-11-22T11:00:00Z"}
    """
        .formatted(id, id, user("ada", 3_000_000_001L, "User"), server.origin(), id);
  }

  static String user(String login, long id, String type) {
    return "{\"login\": \"%s\", \"id\": %d, \"type\": \"%s\"}".formatted(login, id, type);
  }

  String issue(long number) {
    return """
    {"id": 40000000001, "node_id": "I_1", "number": %d, "title": "Engine stalls", "body": null,
     "user": null, "state": "open", "locked": true, "pull_request": {"url": "x"},
     "url": "%s/repos/ada/engine/issues/%d", "html_url": "%s/ada/engine/pull/%d",
     "created_at": "2026-11-22T11:00:00Z", "updated_at": "2026-11-22T11:30:00Z"}
    """
        .formatted(number, server.apiUrl(), number, server.origin(), number);
  }

  String repository(String fullName, String cloneUrl) {
    return """
    {"id": 5000000000, "full_name": "%s", "default_branch": "main", "clone_url": "%s",
     "html_url": "%s/%s", "archived": false, "private": true, "permissions": {"push": true}}
    """
        .formatted(fullName, cloneUrl, server.origin(), fullName);
  }

  String pull(long number, String state, String head) {
    return """
    {"id": 1, "node_id": "PR_1", "number": %d, "state": "%s", "draft": true, "merged_at": null,
     "url": "%s/repos/ada/engine/pulls/%d", "html_url": "%s/ada/engine/pull/%d", "body": "text",
     "user": %s, "base": {"ref": "main"},
     "head": {"ref": "%s", "sha": "0123456789012345678901234567890123456789",
              "repo": {"full_name": "ada/engine"}}}
    """
        .formatted(
            number,
            state,
            server.apiUrl(),
            number,
            server.origin(),
            number,
            user("knight", 9, "User"),
            head);
  }

  static <T> Page.Items<T> items(Page<T> page) {
    if (page instanceof Page.Items<T> items) {
      return items;
    }
    throw new AssertionError(page);
  }

  @Override
  public void close() throws IOException {
    github.close();
    server.close();
  }
}
