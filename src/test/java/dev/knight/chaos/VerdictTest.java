package dev.knight.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.api.JobView;
import dev.knight.job.Subject;
import dev.knight.rehearsal.Reaction;
import dev.knight.rehearsal.RehearsalWorld;
import dev.knight.rehearsal.StandInGitHub;
import dev.knight.rehearsal.World;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VerdictTest {
  @TempDir Path directory;

  private StandInGitHub gitHub;
  private World world;
  private Subject issue;

  @BeforeEach
  void start() throws Exception {
    gitHub = StandInGitHub.start(directory);
    world = gitHub.world();
    RehearsalWorld.build(world);
    issue = RehearsalWorld.openIssue(world, Script.title(1));
  }

  @AfterEach
  void stop() throws Exception {
    gitHub.close();
  }

  @Test
  void a_mention_with_one_of_each_is_as_it_has_to_be() {
    react();
    publish("");
    say("@ada, done");

    Verdict verdict = verdict(0, "done");

    assertThat(verdict.complaints()).isEmpty();
    assertThat(verdict.isSettled()).isTrue();
  }

  @Test
  void a_mention_without_a_job_or_an_end_is_lost() {
    react();

    assertThat(verdict(0).lost()).isOne();
    assertThat(verdict(0, "retrying").lost()).isOne();
    assertThat(verdict(0, "retrying").isSettled()).isFalse();
  }

  @Test
  void an_end_without_its_change_is_lost() {
    react();
    say("@ada, done");

    assertThat(verdict(0, "done").lost()).isOne();
  }

  @Test
  void what_is_there_twice_is_doubled() {
    react();
    publish("");
    publish("-again");
    say("@ada, done");
    say("I am on it");

    Verdict verdict = verdict(0, "done");

    assertThat(verdict.pullRequests()).isOne();
    assertThat(verdict.branches()).isOne();
    assertThat(verdict.comments()).isOne();
    assertThat(verdict.silent()).isZero();
  }

  @Test
  void an_end_without_a_word_or_with_a_tag_too_many_is_silent() {
    react();
    long comment = say("I am on it");
    assertThat(verdict(0, "failed").silent()).isOne();

    world.editComment(RehearsalWorld.REPOSITORY, comment, "@ada, may I?");
    world.editComment(RehearsalWorld.REPOSITORY, comment, "I am on it");
    world.editComment(RehearsalWorld.REPOSITORY, comment, "@ada, I could not");

    assertThat(verdict(0, "failed").silent()).isOne();
    assertThat(verdict(1, "failed").silent()).isZero();
  }

  private void react() {
    world.react(
        RehearsalWorld.REPOSITORY,
        new Reaction.Target(Reaction.Kind.ISSUE, issue.number()),
        RehearsalWorld.KNIGHT,
        "eyes");
  }

  private void publish(String ending) {
    String branch = "knight/" + issue.number() + "-greeting" + ending;
    world.push(
        RehearsalWorld.REPOSITORY,
        branch,
        RehearsalWorld.KNIGHT,
        "Greet",
        Map.of("greet.sh", "set -- world\n"));
    world.openPullRequest(
        RehearsalWorld.REPOSITORY, RehearsalWorld.KNIGHT, "Greet", "Closes it", branch);
  }

  private long say(String text) {
    return world.comment(issue, RehearsalWorld.KNIGHT, text);
  }

  private Verdict verdict(int questions, String... states) {
    List<JobView> jobs = java.util.Arrays.stream(states).map(this::job).toList();
    return Verdict.of(world, List.of(issue), jobs, _ -> questions);
  }

  private JobView job(String state) {
    return new JobView(
        1,
        RehearsalWorld.REPOSITORY.toString(),
        issue.number(),
        "Greet",
        "implement",
        state,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        RehearsalWorld.MAINTAINER,
        Optional.empty(),
        BigDecimal.ZERO,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
