package dev.knight.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.JobId;
import dev.knight.job.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HomeSurveyTest {
  private static final JobId SEVEN = new JobId(7);

  @TempDir Path root;

  @Test
  void all_that_a_job_left_is_found_by_its_name() throws Exception {
    KnightHome home = new KnightHome(root);
    Path worktree = Files.createDirectories(home.worktree(SEVEN));
    Path half = Files.createDirectories(home.worktrees().resolve(".7.making"));
    Path bridge = Files.createDirectories(home.bridge("7"));
    Path socket = Files.createFile(home.socket("7-review-0123456789ab"));
    Path setup = Files.createFile(home.setupMark(SEVEN));
    Files.createFile(home.removalMark(SEVEN));
    Path sessions = Files.createDirectories(home.sessions("7-review-0123456789ab"));
    Path recording = made(home.recording("7"));
    Path checks = made(home.checks(SEVEN));
    RepositoryName engine = RepositoryName.parse("Ada/Engine.js");
    Files.createDirectories(home.mirror(engine).resolve("worktrees/7"));

    HomeSurvey survey = HomeSurvey.of(home);

    assertThat(survey.unknown()).isEmpty();
    assertThat(survey.mirrors()).containsExactly(engine);
    assertThat(survey.jobs()).hasSize(1);
    JobFiles files = survey.jobs().getFirst();
    assertThat(files.job()).isEqualTo(SEVEN);
    assertThat(files.worktrees()).containsExactlyInAnyOrder(worktree, half);
    assertThat(files.mirrors()).containsExactly(engine);
    assertThat(files.bridges()).containsExactly(bridge);
    assertThat(files.others())
        .containsExactlyInAnyOrder(bridge, socket, setup, sessions, recording, checks);
    assertThat(files.removing()).isTrue();
  }

  @Test
  void an_empty_home_holds_nothing() throws Exception {
    HomeSurvey survey = HomeSurvey.of(new KnightHome(root.resolve("not-made-yet")));

    assertThat(survey.jobs()).isEmpty();
    assertThat(survey.unknown()).isEmpty();
  }

  @Test
  void what_the_service_needs_itself_is_nothing_unknown() throws Exception {
    KnightHome home = new KnightHome(root);
    Files.createDirectories(home.run());
    Files.createFile(home.serviceLock());
    Files.createFile(home.service());

    assertThat(HomeSurvey.of(home)).isEqualTo(HomeSurvey.of(new KnightHome(root.resolve("none"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "worktrees/mine",
        "worktrees/07",
        "worktrees/0",
        "worktrees/-7",
        "worktrees/7.old",
        "worktrees/.7.saving",
        "worktrees/99999999999999999999",
        "sessions/7 copy",
        "sessions/7-",
        "recordings/7.json",
        "recordings/7-review.jsonl.gz",
        "run/7.lock",
        "run/x.sock",
        "checks/7-1.json",
        "mirrors/ada/e n g i n e.git"
      })
  void another_name_is_nobodys(String name) throws Exception {
    Path strange = Files.createDirectories(root.resolve(name));

    HomeSurvey survey = HomeSurvey.of(new KnightHome(root));

    assertThat(survey.jobs()).isEmpty();
    assertThat(survey.unknown()).containsExactly(strange);
  }

  private static Path made(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }
}
