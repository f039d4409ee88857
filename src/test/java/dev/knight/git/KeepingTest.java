package dev.knight.git;

import static dev.knight.git.GitFixture.ENGINE;
import static dev.knight.git.GitFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.job.JobId;
import dev.knight.job.RefusedException;
import dev.knight.job.RepositoryName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work is never thrown away. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeepingTest {
  private static final Author HERE = new Author("knight", "knight@localhost");
  private static final BranchName BRANCH = new BranchName("knight/job-1");

  @TempDir Path root;
  private GitFixture world;

  @BeforeEach
  void start() throws Exception {
    world = new GitFixture(root);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void what_was_made_lies_on_the_branch_of_the_job() throws Exception {
    Worktree worktree = world.worktree(1);
    Files.writeString(worktree.path().resolve("README.md"), "# Half an engine\n");

    assertThat(keep(worktree)).contains(BRANCH);

    Path mirror = world.mirror().path();
    assertThat(RealGit.run(mirror, "show", BRANCH + ":README.md")).isEqualTo("# Half an engine\n");
    assertThat(RealGit.run(mirror, "rev-parse", BRANCH + "^").strip())
        .isEqualTo(worktree.base().id());
    assertThat(RealGit.fsck(mirror)).isEmpty();
  }

  @Test
  void kept_twice_is_one_commit() throws Exception {
    Worktree worktree = world.worktree(1);
    Files.writeString(worktree.path().resolve("README.md"), "# Half an engine\n");
    keep(worktree);
    String first = head();

    keep(worktree);

    assertThat(head()).isEqualTo(first);
  }

  @Test
  void what_was_kept_before_stays_in_the_history() throws Exception {
    Worktree worktree = world.worktree(1);
    Files.writeString(worktree.path().resolve("README.md"), "# First\n");
    keep(worktree);
    String first = head();
    Files.writeString(worktree.path().resolve("README.md"), "# Second\n");

    keep(worktree);

    assertThat(RealGit.run(world.mirror().path(), "rev-parse", BRANCH + "^").strip())
        .isEqualTo(first);
  }

  @Test
  void a_worktree_as_it_was_made_needs_no_branch() throws Exception {
    assertThat(keep(world.worktree(1))).isEmpty();
    assertThat(world.mirror().path().resolve("refs/heads/knight/job-1")).doesNotExist();
  }

  @Test
  void what_is_kept_outlives_the_worktree() throws Exception {
    Worktree worktree = world.worktree(1);
    Files.writeString(worktree.path().resolve("README.md"), "# Half an engine\n");
    keep(worktree);

    world.mirror().remove(new JobId(1));

    assertThat(RealGit.run(world.mirror().path(), "show", BRANCH + ":README.md"))
        .isEqualTo("# Half an engine\n");
  }

  @Test
  void what_knight_does_not_publish_it_does_not_keep_either() throws Exception {
    Worktree worktree = world.worktree(1);
    Files.writeString(worktree.path().resolve("README.md"), "# Half an engine\n");
    RealGit.run(worktree.path(), "init", "-q", "nested");

    assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> keep(worktree));
    assertThat(worktree.path().resolve("README.md")).hasContent("# Half an engine");
  }

  @Test
  void a_worktree_is_found_without_asking_anybody() throws Exception {
    Path place = world.worktree(1).path();
    world.server.close();

    assertThat(world.mirrors.worktree(ENGINE, new JobId(1)).map(Worktree::path)).contains(place);
    assertThat(world.mirrors.worktree(ENGINE, new JobId(2))).isEmpty();
    assertThat(world.mirrors.worktree(RepositoryName.parse("ada/mill"), new JobId(1))).isEmpty();
  }

  private static Optional<BranchName> keep(Worktree worktree) {
    return worktree.keep(HERE, NOON, "Unfinished\n");
  }

  private String head() throws Exception {
    return RealGit.run(world.mirror().path(), "rev-parse", BRANCH.value()).strip();
  }
}
