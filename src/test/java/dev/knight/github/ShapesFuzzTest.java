package dev.knight.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.knight.fake.Mangler;
import dev.knight.job.MisconfiguredException;
import dev.knight.job.UnavailableException;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * What GitHub says, made worse by chance: it becomes one of knight's words with nothing hostile in
 * it, or a sentence that it cannot be used. {@code -Dfuzz.seed=N} plays one.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShapesFuzzTest {
  private static final long FIRST = Long.getLong("fuzz.seed", 0);
  private static final long TRIES =
      System.getProperty("fuzz.seed") == null ? Long.getLong("fuzz.tries", 3_000) : 1;

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void whatever_github_says_is_a_word_of_ours_or_unusable() throws Exception {
    try (GitHubScript script = new GitHubScript()) {
      GitHubSettings settings =
          new GitHubSettings(script.server.apiUrl(), "knight/0.1", java.time.Duration.ofMillis(2));
      Shapes shapes = new Shapes(settings);
      String clone = script.server.origin() + "/ada/engine.git";

      play(script.issue(7), fields -> shapes.issue(GitHubScript.ENGINE, fields).link(), settings);
      play(
          script.comment(70, "2026-11-22T11:30:00Z"),
          fields -> shapes.comment(GitHubScript.ENGINE, "issue_url", fields).link(),
          settings);
      play(
          script.pull(9, "open", "knight/7-engine-stalls"),
          fields -> shapes.pullRequest(GitHubScript.ENGINE, fields).link(),
          settings);
      play(
          script.repository("ada/engine", clone),
          fields -> shapes.repository(fields).cloneUrl(),
          settings);
    }
  }

  private void play(String good, Function<Fields, URI> reading, GitHubSettings settings)
      throws Exception {
    JsonNode object = json.readTree(good);
    int read = 0;
    int refused = 0;
    for (long seed = FIRST; seed < FIRST + TRIES; seed++) {
      try {
        URI link = reading.apply(new Fields(new Mangler(seed).fields(object)));
        assertThat(settings.isOnWeb(link)).as("-Dfuzz.seed=%d: %s", seed, link).isTrue();
        read++;
      } catch (UnavailableException | MisconfiguredException unusable) {
        assertThat(List.of(unusable.getMessage()))
            .as("-Dfuzz.seed=%d", seed)
            .noneMatch(sentence -> sentence.chars().anyMatch(Character::isISOControl));
        refused++;
      }
    }
    assertThat(read + refused).isEqualTo((int) TRIES);
    assertThat(TRIES == 1 || (read > 0 && refused > 0)).isTrue();
  }
}
