package dev.knight.intake;

import static dev.knight.intake.IntakeWorld.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.Job;
import dev.knight.job.JobState;
import dev.knight.job.Mention;
import dev.knight.job.StoredMention;
import dev.knight.job.Subject;
import dev.knight.job.Verdict;
import dev.knight.rehearsal.Permission;
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

/** A request that its writer changes afterwards. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EditsTest {
  @TempDir private Path directory;
  private IntakeWorld world;
  private Subject issue;
  private long comment;

  @BeforeEach
  void start() throws IOException {
    world = new IntakeWorld(directory, ENGINE);
    world.begin();
    issue = world.issue("ada", "It stalls.");
    comment = world.standIn.world().comment(issue, "ada", "@knight fix it\nin C\nsoon");
    world.poll();
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
  }

  @Test
  void what_no_agent_knows_yet_is_put_in_its_place() {
    edit("@knight fix it\nin Java\nsoon");

    assertThat(mentions())
        .singleElement()
        .extracting(Mention::text)
        .isEqualTo("@knight fix it\nin Java\nsoon");
    assertThat(world.verdicts()).containsExactly(Verdict.ACCEPTED, Verdict.ASIDE);
  }

  @Test
  void what_the_agent_knows_is_told_as_a_difference_once() {
    claimed();
    edit("@knight fix it\nin Java\nsoon");
    world.poll();
    world.restart();
    world.poll();

    assertThat(mentions())
        .hasSize(2)
        .last()
        .satisfies(edit -> {
          assertThat(edit.text())
              .startsWith("I have changed what I had written.")
              .endsWith("```diff\n @knight fix it\n-in C\n+in Java\n soon\n```");
          assertThat(edit.sourceId()).isEqualTo(comment);
        });
  }

  @Test
  void a_second_edit_is_held_against_the_first() {
    claimed();
    edit("@knight fix it\nin Java\nsoon");
    edit("@knight fix it\nin Java\nnow");

    assertThat(mentions()).hasSize(3);
    assertThat(mentions().getLast().text()).contains(" in Java\n-soon\n+now");
  }

  @Test
  void a_word_aside_that_comes_to_ask_for_something_is_told() {
    comment = world.standIn.world().comment(issue, "ada", "@knight status");
    world.poll();

    edit("@knight do it in Java");

    assertThat(mentions()).hasSize(2);
    assertThat(mentions().getLast().text()).contains("+@knight do it in Java");
  }

  @Test
  void an_edit_can_stop_the_job() {
    claimed();
    edit("@knight stop");

    assertThat(job().state()).isInstanceOf(JobState.Stopped.class);
  }

  @Test
  void an_edit_after_the_end_changes_nothing() {
    Job job = claimed();
    JobState.Failed end = new JobState.Failed("No.", Optional.empty());
    world.store.replace(job, job.finish(end, world.clock.instant()), List.of());

    edit("@knight fix it in Java");

    assertThat(world.verdicts()).containsExactly(Verdict.ACCEPTED);
    assertThat(world.store.jobs(9)).hasSize(1);
  }

  @Test
  void an_issue_that_is_touched_and_says_the_same_is_not_edited() {
    Subject other = world.issue("ada", "@knight mend it");
    world.poll();
    world.standIn.world().comment(other, "grace", "I see it, too");
    world.poll();
    assertThat(world.verdicts()).containsExactly(Verdict.ACCEPTED, Verdict.ACCEPTED);

    world.standIn.world().editIssue(other, "Engine stalls", "@knight mend it well");
    world.poll();
    assertThat(world.store.mentions(world.store.jobs(1).getFirst().id()))
        .singleElement()
        .extracting(stored -> stored.mention().text())
        .isEqualTo("@knight mend it well");
  }

  @Test
  void somebody_who_may_no_more_changes_nothing() {
    world.standIn.world().permit(ENGINE, "grace", Permission.WRITE);
    Subject other = world.issue("grace", "@knight mend it");
    world.poll();
    world.standIn.world().permit(ENGINE, "grace", Permission.READ);
    world.restart();
    world.standIn.world().editIssue(other, "Engine stalls", "@knight take it apart");
    world.poll();

    assertThat(job().subject()).isEqualTo(other);
    assertThat(mentions()).extracting(Mention::text).containsExactly("@knight mend it");
  }

  @Test
  void no_text_can_end_the_difference() {
    assertThat(Rewording.of("a", "```\nb")).endsWith("````diff\n-a\n+```\n+b\n````");
    assertThat(Rewording.of("a\n".repeat(2_000), "b\n".repeat(2_000)))
        .contains("-a\n+b")
        .hasSizeGreaterThan(8_000);
  }

  private void edit(String text) {
    world.clock.pass(java.time.Duration.ofSeconds(2));
    world.standIn.world().editComment(ENGINE, comment, text);
    world.poll();
  }

  private Job claimed() {
    return world
        .store
        .claim("worker", world.clock.instant().plusSeconds(3600), 9, world.clock.instant())
        .orElseThrow();
  }

  private Job job() {
    return world.store.jobs(1).getFirst();
  }

  private List<Mention> mentions() {
    return world.store.mentions(job().id()).stream().map(StoredMention::mention).toList();
  }
}
