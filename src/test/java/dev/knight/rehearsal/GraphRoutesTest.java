package dev.knight.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.github.GitHubSettings;
import dev.knight.github.RestGitHub;
import dev.knight.github.ReviewThread;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import dev.knight.job.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GraphRoutesTest {
  private static final RepositoryName ENGINE = RepositoryName.parse("ada/engine");

  @TempDir Path directory;
  private StandInGitHub standIn;
  private RestGitHub github;
  private Subject pull;
  private List<Long> comments;

  @BeforeEach
  void start() throws IOException {
    standIn = StandInGitHub.start(directory.resolve("hub"));
    World world = standIn.world();
    world.addRepository(ENGINE, Map.of("README.md", "# Engine\n"));
    world.addUser("sir-knight");
    world.addToken("t", "sir-knight", TokenRight.WRITE);
    world.permit(ENGINE, "sir-knight", Permission.WRITE);
    world.push(ENGINE, "topic", "ada", "Topic", Map.of("a.txt", "1"));
    pull = world.openPullRequest(ENGINE, "sir-knight", "Topic", "", "topic");
    comments =
        world.review(
            pull,
            "ada",
            Review.Opinion.CHANGES_REQUESTED,
            "Please",
            List.of(new World.Note("a.txt", 1, "Why?"), new World.Note("a.txt", 1, "How?")));
    github =
        new RestGitHub(
            new GitHubSettings(standIn.apiUrl(), "knight/0", Duration.ofMillis(1)),
            () -> new Secret("t"),
            InstantSource.system(),
            _ -> {});
  }

  @AfterEach
  void stop() throws IOException {
    github.close();
    standIn.close();
  }

  @Test
  void what_knight_asks_is_what_the_stand_in_answers() {
    List<ReviewThread> threads = github.threads(pull);
    assertThat(threads).extracting(ReviewThread::comment).isEqualTo(comments);

    github.resolve(threads.getFirst());
    github.resolve(threads.getFirst());

    assertThat(github.threads(pull))
        .extracting(ReviewThread::resolved)
        .containsExactly(true, false);
    assertThat(standIn.world().isResolved(ENGINE, comments.getFirst())).isTrue();
    github.readyForReview(github.pullRequest(pull).orElseThrow());
    assertThat(github.pullRequest(pull).orElseThrow().draft()).isFalse();
  }

  @Test
  void who_may_not_write_may_not_resolve() {
    ReviewThread thread = github.threads(pull).getFirst();
    standIn.world().permit(ENGINE, "sir-knight", Permission.READ);

    assertThatThrownBy(() -> github.resolve(thread)).isInstanceOf(MisconfiguredException.class);
  }
}
