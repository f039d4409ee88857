package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.knight.job.JobId;
import dev.knight.job.RepositoryName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MadeTest {
  private static final int ROOM = 100_000;

  @TempDir Path root;
  private GitFixture world;
  private Worktree worktree;
  private Path files;

  @BeforeEach
  void start() throws Exception {
    world = new GitFixture(root);
    worktree = world.worktree(1);
    files = worktree.path();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void what_the_agent_has_now_is_counted_and_can_be_applied_by_git() throws Exception {
    Files.writeString(files.resolve("README.md"), "# Engine\n\nIt computes well.\nAnd fast.\n");
    Files.writeString(files.resolve("naïve file.txt"), "new, without an end of line");
    Files.write(files.resolve("picture"), new byte[] {1, 0, 2});
    Files.delete(files.resolve("src/deep/Pump.java"));
    assertThat(files.resolve("run.sh").toFile().setExecutable(false)).isTrue();

    List<FileDiff> diff = made().files().orElseThrow().files(ROOM, text -> text);

    assertThat(diff)
        .extracting(
            file -> file.change().path(), FileDiff::added, FileDiff::deleted, FileDiff::isText)
        .containsExactly(
            tuple("README.md", 2L, 1L, true),
            tuple("naïve file.txt", 1L, 0L, true),
            tuple("picture", 0L, 0L, false),
            tuple("run.sh", 0L, 0L, true),
            tuple("src/deep/Pump.java", 0L, 3L, true));
    assertThat(diff.getFirst().hunks())
        .contains("@@ -1,3 +1,4 @@", "-It computes.", "+And fast.\n");
    Path patch = root.resolve("patch");
    Files.writeString(
        patch,
        diff.stream().filter(FileDiff::isText).map(FileDiff::text).collect(Collectors.joining()));
    RealGit.run(world.clone, "checkout", "-q", "main");
    RealGit.run(world.clone, "apply", patch.toString());
    assertThat(world.clone.resolve("README.md"))
        .hasContent("# Engine\n\nIt computes well.\nAnd fast.");
    assertThat(world.clone.resolve("naïve file.txt")).hasContent("new, without an end of line");
    assertThat(world.clone.resolve("src/deep/Pump.java")).doesNotExist();
  }

  @Test
  void a_secret_of_several_lines_is_taken_out_before_the_lines_are_marked() throws Exception {
    Files.writeString(files.resolve("key"), "a\nBEGIN\nse\ncret\nEND\nb\n");

    List<FileDiff> diff =
        made()
            .files()
            .orElseThrow()
            .files(ROOM, text -> text.replace("BEGIN\nse\ncret\nEND", "***"));

    assertThat(diff.getFirst().hunks()).contains("+a\n+***\n+b\n").doesNotContain("cret");
    assertThat(diff.getFirst().added()).isEqualTo(6);
  }

  @Test
  void what_is_too_long_is_cut_at_a_line_and_all_is_counted() throws Exception {
    Files.writeString(files.resolve("a"), "line\n".repeat(100));
    Files.writeString(files.resolve("b"), "line\n".repeat(100));

    List<FileDiff> diff = made().files().orElseThrow().files(200, text -> text);

    assertThat(diff).extracting(FileDiff::added).containsExactly(100L, 100L);
    assertThat(diff).extracting(FileDiff::isCut).containsExactly(true, true);
    assertThat(diff.getFirst().hunks()).hasSizeLessThan(260).endsWith("cut after 200 bytes\n");
    assertThat(diff.getLast().text()).endsWith("… not shown\n");
  }

  @Test
  void looking_puts_nothing_in_order() throws Exception {
    Path locked = worktree.admin().resolve("locked");
    Files.writeString(locked, "initializing\n");

    assertThat(made().files()).isPresent();

    assertThat(locked).exists();
  }

  @Test
  void what_was_published_is_compared_with_its_base_also_when_the_worktree_is_gone()
      throws Exception {
    Files.writeString(files.resolve("README.md"), "# One\n");
    Commit one =
        world.mirror().commit(worktree.snapshot(), GitFixture.draft(worktree.base(), "knight/1"));
    Files.writeString(files.resolve("README.md"), "# Two\n");
    Commit two = world.mirror().commit(worktree.snapshot(), GitFixture.draft(one, "knight/1"));
    Comparison there = made().commit(two).orElseThrow();
    Commit base = worktree.base();

    world.mirror().remove(new JobId(1));

    Comparison gone = made().commit(two).orElseThrow();
    assertThat(there.base()).isEqualTo(base);
    assertThat(gone.base()).isEqualTo(base);
    assertThat(gone.files(ROOM, text -> text)).hasSize(1);
    assertThat(made().branch(new BranchName("knight/1")).orElseThrow().tree())
        .isEqualTo(gone.tree());
    assertThat(made().files()).isEmpty();
  }

  @Test
  void what_is_not_here_is_empty() {
    assertThat(made().commit(new Commit("2".repeat(40)))).isEmpty();
    assertThat(made().tree("2".repeat(40))).isEmpty();
    assertThat(made().branch(new BranchName("knight/none"))).isEmpty();
    assertThat(world.mirrors.made(new RepositoryName("no", "body"), new JobId(1)))
        .isEqualTo(Optional.empty());
  }

  private Made made() {
    return world.mirrors.made(GitFixture.ENGINE, new JobId(1)).orElseThrow();
  }
}
