package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.TestClock;
import dev.knight.fake.TestMirror;
import dev.knight.git.Commit;
import dev.knight.git.GitLimits;
import dev.knight.git.Mirror;
import dev.knight.git.Mirrors;
import dev.knight.git.Removal;
import dev.knight.git.Worktree;
import dev.knight.home.KnightHome;
import dev.knight.job.JobId;
import dev.knight.job.RepositoryName;
import dev.knight.publish.Check;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlacementTest {
  private static final JobId JOB = new JobId(7);
  private static final String TREE = "a".repeat(40);

  @TempDir Path directory;
  private KnightHome home;
  private Mirrors mirrors;
  private Mirror mirror;
  private Commit main;

  @BeforeEach
  void start() throws IOException {
    home = new KnightHome(directory);
    mirrors = new Mirrors(home, _ -> Optional.empty(), GitLimits.standard(), TestClock.atNoon());
    mirror =
        mirrors.mirror(
            RepositoryName.parse("ada/engine"), URI.create("http://127.0.0.1:1/ada/engine.git"));
    main = TestMirror.commit(mirror.path(), "README.md", "Engine");
  }

  @AfterEach
  void stop() {
    mirrors.close();
  }

  @Test
  void a_worktree_that_is_found_after_a_crash_is_not_set_up_again() {
    Worktree worktree = placement().worktree(mirror, JOB, main);
    assertThat(placement().isSetUp(JOB)).isFalse();
    placement().setUp(JOB, "npm ci");
    checked();

    Worktree found = placement().worktree(mirror, JOB, main);

    assertThat(found.path()).isEqualTo(worktree.path());
    assertThat(placement().isSetUp(JOB)).isTrue();
    assertThat(new CheckRecord(home).of(JOB, TREE)).isNotEmpty();
  }

  @Test
  void a_worktree_that_was_lost_is_made_and_set_up_and_checked_again() throws Exception {
    Worktree worktree = placement().worktree(mirror, JOB, main);
    placement().setUp(JOB, "npm ci");
    checked();
    Removal.of(worktree.path());

    Worktree again = placement().worktree(mirror, JOB, main);

    assertThat(again.path().resolve("README.md")).hasContent("Engine");
    assertThat(placement().isSetUp(JOB)).isFalse();
    assertThat(new CheckRecord(home).of(JOB, TREE)).isEmpty();
  }

  private void checked() {
    new CheckRecord(home)
        .keep(JOB, TREE, List.of(new Check("make", true, "passed", Duration.ZERO, "")));
  }

  /** A new one each time, as after a restart. */
  private Placement placement() {
    return new Placement(home);
  }
}
