package dev.knight.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Effect;
import dev.knight.job.Reply;
import dev.knight.job.Subject;
import dev.knight.rehearsal.Comment;
import dev.knight.rehearsal.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
class RepliesTest {
  private static final String COMMENTS = ".*/issues/[0-9]+/comments";
  private static final String THREAD = ".*/pulls/[0-9]+/comments/[0-9]+/replies";

  @TempDir private Path directory;
  private PublishWorld knight;
  private Subject issue;

  @BeforeEach
  void start() throws IOException {
    knight = new PublishWorld(directory);
    issue = knight.world().openIssue(PublishWorld.ENGINE, "ada", "Engine stalls", "");
  }

  @AfterEach
  void stop() throws IOException {
    knight.close();
  }

  static Stream<Arguments> losses() {
    return Stream.of(0, 14)
        .flatMap(lag -> Stream.of(Loss.values()).map(loss -> Arguments.of(loss, lag)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void a_reply_of_no_job_is_made_once_whatever_is_lost(Loss loss, int lag) {
    knight.lag(Duration.ofSeconds(lag));
    knight.store.reply(help());
    loss.happen("comment", "POST", COMMENTS, knight.standIn, knight.github);

    knight.rest();

    assertThat(own(knight.world().comments(issue)))
        .singleElement()
        .extracting(Comment::body)
        .asString()
        .startsWith("These are my words.\n\n<!-- knight:reply ");
    assertThat(knight.store.replies().getFirst().state()).isEqualTo(Effect.State.DONE);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void an_answer_in_a_thread_is_made_once_whatever_is_lost(Loss loss, int lag) {
    Subject pull = pull();
    long first = knight.world().reviewComment(pull, "ada", "engine.txt", 1, "Why?");
    knight.lag(Duration.ofSeconds(lag));
    knight.store.reply(
        Reply.inThread(pull, first, "t" + first, Optional.empty(), "So.", knight.clock.instant()));
    loss.happen("answer", "POST", THREAD, knight.standIn, knight.github);

    knight.rest();

    assertThat(own(knight.world().reviewComments(pull)))
        .singleElement()
        .satisfies(answer -> {
          assertThat(answer.body()).startsWith("So.");
          assertThat(answer.line().orElseThrow().inReplyTo()).contains(first);
        });
    assertThat(knight.store.unmade()).isEmpty();
  }

  @Test
  void a_lost_answer_is_waited_out_and_what_it_made_is_adopted() {
    knight.store.reply(help());
    knight.standIn.inject(Fault.on("POST", COMMENTS).dropAfter());
    knight.tick();
    long made = own(knight.world().comments(issue)).getFirst().id();
    Instant lost = knight.clock.instant();
    assertThat(knight.store.unmade())
        .singleElement()
        .extracting(Reply::state)
        .isEqualTo(Effect.State.UNKNOWN);

    knight.standIn.forgetRequests();
    knight.rest();

    assertThat(knight.store.replies().getFirst().comment()).hasValue(made);
    assertThat(knight.requests())
        .isNotEmpty()
        .noneMatch(seen -> seen.method().equals("POST"))
        .noneMatch(seen -> seen.at().isBefore(lost.plusSeconds(14)));
  }

  @Test
  void a_call_is_on_record_before_it_is_made() {
    knight.store.reply(help());
    knight.github.fate((write, made) -> {
      if (write.equals("comment") && !made) {
        assertThat(knight.store.unmade().getFirst().state()).isEqualTo(Effect.State.UNKNOWN);
      }
      return false;
    });

    knight.tick();

    assertThat(own(knight.world().comments(issue))).hasSize(1);
  }

  @Test
  void a_thread_that_is_gone_and_a_locked_conversation_get_no_answer_and_no_second_try() {
    Subject pull = pull();
    long first = knight.world().reviewComment(pull, "ada", "engine.txt", 1, "Why?");
    knight.world().deleteComment(PublishWorld.ENGINE, first);
    knight.store.reply(
        Reply.inThread(pull, first, "t" + first, Optional.empty(), "So.", knight.clock.instant()));
    knight.store.reply(help());
    knight.standIn.inject(
        Fault.on("POST", COMMENTS)
            .answer(403, "Unable to create comment because issue is locked."));

    knight.rest();

    assertThat(knight.store.replies())
        .hasSize(2)
        .allMatch(reply -> reply.state() == Effect.State.GIVEN_UP);
    assertThat(knight.requests()).filteredOn(seen -> seen.method().equals("POST")).hasSize(2);
  }

  private Reply help() {
    return Reply.in(
        issue, "help IC_1", Optional.empty(), "These are my words.", knight.clock.instant());
  }

  private Subject pull() {
    knight.world().push(PublishWorld.ENGINE, "topic", "ada", "Topic", Map.of("engine.txt", "on\n"));
    return knight.world().openPullRequest(PublishWorld.ENGINE, "ada", "Topic", "", "topic");
  }

  private static List<Comment> own(List<Comment> comments) {
    return comments.stream()
        .filter(comment -> comment.author().login().equals("sir-knight"))
        .toList();
  }
}
