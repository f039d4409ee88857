package dev.knight.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.fake.MortalGitHub;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Effect;
import dev.knight.job.Job;
import dev.knight.job.LeaseLostException;
import dev.knight.job.Mention;
import dev.knight.job.Subject;
import dev.knight.job.UnavailableException;
import dev.knight.publish.Finding.Fate;
import dev.knight.publish.Finding.Severity;
import dev.knight.rehearsal.Comment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PullReviewTest {
  private static final String DIFF =
      """
      diff --git a/engine.txt b/engine.txt
      --- /dev/null
      +++ b/engine.txt
      @@ -0,0 +1 @@
      +on
      """;
  private static final List<Finding> FINDINGS =
      List.of(
          new Finding(Severity.HIGH, "engine.txt:1", "Off, says @eve.", Fate.OPEN),
          new Finding(Severity.LOW, "engine.txt:9", "Too short.", Fate.OPEN),
          new Finding(Severity.LOW, "", "No test.", Fate.OPEN));

  @TempDir private Path directory;
  private PublishWorld knight;
  private Subject pull;
  private Job job;

  @BeforeEach
  void start() throws IOException {
    knight = new PublishWorld(directory);
    knight.world().push(PublishWorld.ENGINE, "topic", "ada", "Topic", Map.of("engine.txt", "on\n"));
    pull = knight.world().openPullRequest(PublishWorld.ENGINE, "ada", "Topic", "", "topic");
    job = knight.claimed(knight.store.accept(knight.mention(pull), knight.clock.instant()));
  }

  @AfterEach
  void stop() throws IOException {
    knight.close();
  }

  @Test
  void what_the_change_shows_is_said_on_its_line_and_the_rest_below() {
    PullReview.Posted posted = post(FINDINGS, DIFF);

    assertThat(posted.sentence()).startsWith("I have reviewed it and found 3 things: http");
    assertThat(knight.rest.reviews(pull))
        .singleElement()
        .satisfies(review -> {
          assertThat(review.link()).isEqualTo(posted.link());
          assertThat(review.body())
              .contains("I would mend this first.", "- **low:** engine.txt:9: Too short.")
              .contains("- **low:** No test.")
              .doesNotContain("Off");
        });
    assertThat(knight.world().reviewComments(pull))
        .singleElement()
        .extracting(Comment::body)
        .asString()
        .startsWith("**high:** Off, says @")
        .doesNotContain("@eve");
  }

  @Test
  void lines_that_github_does_not_take_are_said_below() {
    String wrong = DIFF.replace("+1 @@\n+on\n", "+1,9 @@\n" + "+on\n".repeat(9));

    post(FINDINGS, wrong);

    assertThat(knight.world().reviewComments(pull)).isEmpty();
    assertThat(knight.rest.reviews(pull))
        .singleElement()
        .extracting(dev.knight.github.Review::body)
        .asString()
        .contains("engine.txt:1: Off", "engine.txt:9: Too short.", "No test.");
  }

  static Stream<Arguments> losses() {
    return Stream.of(0, 14)
        .flatMap(lag -> Stream.of(Loss.values()).map(loss -> Arguments.of(loss, lag)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void it_is_submitted_once_whatever_is_lost(Loss loss, int lag) {
    knight.lag(Duration.ofSeconds(lag));
    loss.happen("review", "POST", ".*/pulls/[0-9]+/reviews", knight.standIn, knight.github);

    boolean posted = false;
    for (int tries = 0; !posted && tries < 3; tries++) {
      posted = isPosted();
    }

    assertThat(knight.rest.reviews(pull)).hasSize(1);
    assertThat(knight.effect(job, Effect.Kind.REVIEW).state()).isEqualTo(Effect.State.DONE);
    post(FINDINGS, DIFF);
    assertThat(knight.rest.reviews(pull)).hasSize(1);
  }

  @Test
  void a_job_that_was_called_off_reviews_nothing() {
    knight.stopped(job);

    assertThatThrownBy(() -> post(FINDINGS, DIFF)).isInstanceOf(LeaseLostException.class);
    assertThat(knight.rest.reviews(pull)).isEmpty();
  }

  private boolean isPosted() {
    try {
      post(FINDINGS, DIFF);
      return true;
    } catch (UnavailableException | MortalGitHub.Death again) {
      knight.restart();
      return false;
    }
  }

  private PullReview.Posted post(List<Finding> findings, String diff) {
    PullReview reviews =
        new PullReview(
            knight.github,
            knight.store,
            new OutgoingText(new Redactor(new KnownSecrets())),
            PublishSettings.standard(),
            knight.clock,
            knight.clock::pass);
    String head = knight.world().issue(pull).pull().orElseThrow().headCommit();
    Mention request = knight.store.mentions(job.id()).getFirst().mention();
    return reviews.post(job, head, false, findings, diff, request);
  }
}
