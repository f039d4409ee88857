package dev.knight.intake;

import static dev.knight.intake.IntakeWorld.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.job.IssueUrl;
import dev.knight.job.Job;
import dev.knight.job.Mention;
import dev.knight.job.RefusedException;
import dev.knight.job.RequestKey;
import dev.knight.job.UnavailableException;
import dev.knight.rehearsal.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HandRequestTest {
  @TempDir Path directory;

  private IntakeWorld world;

  @BeforeEach
  void start() throws IOException {
    world = new IntakeWorld(directory, ENGINE);
    world.issue("grace", "It stalls.");
  }

  @AfterEach
  void close() throws IOException {
    world.close();
  }

  @Test
  void an_issue_becomes_a_job_in_the_name_of_the_tokens_account() {
    Job job = world.hand.enqueue(url("/Ada/Engine/issues/1"), Optional.empty());

    Mention mention = world.store.mentions(job.id()).getFirst().mention();
    assertThat(job.subject().repository()).hasToString("ada/engine");
    assertThat(job.title()).isEqualTo("Engine stalls");
    assertThat(mention.nodeId()).isEqualTo("hand:00000000-0000-0000-0000-000000000007");
    assertThat(mention.source()).isEqualTo(Mention.Source.COMMAND);
    assertThat(mention.author().login()).isEqualTo("knight-bot");
    assertThat(mention.text()).isEqualTo("Please do what the issue asks for.");
    assertThat(mention.report().map(Mention.Report::text)).contains("It stalls.");
  }

  @Test
  void a_request_that_is_sent_again_with_its_key_is_not_made_again() {
    IssueUrl url = url("/Ada/Engine/issues/1");
    Optional<String> text = Optional.of("Only the docs");
    Optional<RequestKey> key = Optional.of(RequestKey.of("k1", url, text));
    Job job = world.hand.enqueue(url, text, key);
    Job ended = world.store.replace(job, job.stop("no", job.createdAt()), List.of()).orElseThrow();

    assertThat(world.hand.enqueue(url, text, key)).isEqualTo(ended);
    assertThat(world.store.jobs(9)).containsExactly(ended);
    assertThatThrownBy(() ->
            world.hand.enqueue(
                url, Optional.empty(), Optional.of(RequestKey.of("k1", url, Optional.empty()))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("k1 was used for another request");
  }

  @Test
  void what_is_wanted_can_be_said() {
    Job job = world.hand.enqueue(url("/ada/engine/issues/1"), Optional.of("Only the docs"));

    assertThat(world.store.mentions(job.id()).getFirst().mention().text())
        .isEqualTo("Only the docs");
  }

  @Test
  void another_host_is_refused() {
    IssueUrl elsewhere = IssueUrl.parse("https://github.com/ada/engine/issues/1");

    refused(elsewhere, "this knight serves 127.0.0.1");
  }

  @Test
  void a_host_with_a_name_before_it_is_refused() {
    refused(IssueUrl.parse("http://x@" + host() + "/ada/engine/issues/1"), "this knight serves");
  }

  @Test
  void a_repository_outside_the_list_is_refused() {
    refused(url("/ada/secret/issues/1"), "knight.github.repositories");
    assertThat(world.standIn.requests()).isEmpty();
  }

  @Test
  void an_issue_that_is_not_there_is_refused() {
    refused(url("/ada/engine/issues/99"), "no issue ada/engine#99");
  }

  @Test
  void an_archived_repository_is_refused() {
    world.standIn.world().setArchived(ENGINE, true);

    refused(url("/ada/engine/issues/1"), "archived");
  }

  @Test
  void a_repository_that_is_gone_is_refused() {
    world.standIn.world().removeRepository(ENGINE);

    refused(url("/ada/engine/issues/1"), "does not show ada/engine");
  }

  @Test
  void an_outage_is_no_refusal() {
    world.standIn.inject(Fault.on("GET", ".*").badGateway().times(9));

    assertThatThrownBy(() -> world.hand.enqueue(url("/ada/engine/issues/1"), Optional.empty()))
        .isInstanceOf(UnavailableException.class);
  }

  private void refused(IssueUrl url, String why) {
    assertThatThrownBy(() -> world.hand.enqueue(url, Optional.empty()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(why);
    assertThat(world.store.jobs(9)).isEmpty();
  }

  private IssueUrl url(String path) {
    return IssueUrl.parse("http://" + host() + path);
  }

  private String host() {
    return world.settings.webAuthority();
  }
}
