package dev.knight.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SetBackTest {
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
  void what_was_made_before_stays_and_what_was_made_after_goes() throws Exception {
    Files.createDirectories(files.resolve("notes"));
    Files.writeString(files.resolve("notes/before.md"), "before\n");
    Files.writeString(files.resolve("README.md"), "# Before\n");
    String tree = worktree.snapshot().tree();
    Files.writeString(files.resolve("README.md"), "# After\n");
    Files.createDirectories(files.resolve("later/deep"));
    Files.writeString(files.resolve("later/deep/after.md"), "after\n");
    Files.delete(files.resolve("notes/before.md"));
    Files.delete(files.resolve("run.sh"));
    Files.delete(files.resolve("link"));

    worktree.setBack(tree);

    assertThat(worktree.snapshot().tree()).isEqualTo(tree);
    assertThat(files.resolve("notes/before.md")).hasContent("before");
    assertThat(files.resolve("README.md")).hasContent("# Before");
    assertThat(files.resolve("later")).doesNotExist();
    assertThat(Files.isExecutable(files.resolve("run.sh"))).isTrue();
    assertThat(Files.readSymbolicLink(files.resolve("link")))
        .isEqualTo(Path.of("src/deep/Pump.java"));
    assertThat(RealGit.run(files, "rev-parse", "HEAD").strip()).isEqualTo(worktree.base().id());
  }

  @Test
  void what_git_ignored_then_stays() throws Exception {
    Files.writeString(files.resolve(".gitignore"), "built/\n");
    Files.createDirectories(files.resolve("built"));
    Files.writeString(files.resolve("built/setup.bin"), "costly\n");
    String tree = worktree.snapshot().tree();
    Files.writeString(files.resolve(".gitignore"), "README.md\n");

    worktree.setBack(tree);

    assertThat(files.resolve("built/setup.bin")).hasContent("costly");
    assertThat(worktree.snapshot().tree()).isEqualTo(tree);
  }

  @Test
  void a_directory_in_the_place_of_a_file_gives_way_and_a_file_in_that_of_a_directory_too()
      throws Exception {
    Files.createDirectories(files.resolve("a"));
    Files.writeString(files.resolve("a/one.md"), "one\n");
    Files.writeString(files.resolve("b"), "two\n");
    String tree = worktree.snapshot().tree();
    Files.delete(files.resolve("a/one.md"));
    Files.delete(files.resolve("a"));
    Files.writeString(files.resolve("a"), "other\n");
    Files.delete(files.resolve("b"));
    Files.createDirectories(files.resolve("b/deep"));
    Files.writeString(files.resolve("b/deep/other.md"), "other\n");
    Files.writeString(files.resolve(".gitignore"), "b/hidden\n");
    Files.writeString(files.resolve("b/hidden"), "in the way\n");

    worktree.setBack(tree);

    assertThat(files.resolve("a/one.md")).hasContent("one");
    assertThat(files.resolve("b")).hasContent("two");
    assertThat(worktree.snapshot().tree()).isEqualTo(tree);
  }

  @Test
  void a_link_in_the_place_of_a_directory_leads_nobody_astray() throws Exception {
    Path elsewhere = Files.createDirectories(root.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("one.md"), "theirs\n");
    Files.createDirectories(files.resolve("a"));
    Files.writeString(files.resolve("a/one.md"), "one\n");
    String tree = worktree.snapshot().tree();
    Files.delete(files.resolve("a/one.md"));
    Files.delete(files.resolve("a"));
    Files.createSymbolicLink(files.resolve("a"), elsewhere);

    worktree.setBack(tree);

    assertThat(files.resolve("a").toRealPath(LinkOption.NOFOLLOW_LINKS)).isDirectory();
    assertThat(files.resolve("a/one.md")).hasContent("one");
    assertThat(elsewhere.resolve("one.md")).hasContent("theirs");
  }

  @Test
  void who_was_interrupted_comes_to_the_same_end() throws Exception {
    Files.writeString(files.resolve("README.md"), "# Before\n");
    Files.writeString(files.resolve("two.md"), "two\n");
    String tree = worktree.snapshot().tree();
    Files.writeString(files.resolve("after.md"), "after\n");
    worktree.setBack(tree);
    Files.delete(files.resolve("README.md"));

    worktree.setBack(tree);
    worktree.setBack(tree);

    assertThat(worktree.snapshot().tree()).isEqualTo(tree);
  }

  @Test
  void a_directory_that_may_not_be_written_is_written_all_the_same() throws Exception {
    String tree = worktree.snapshot().tree();
    Files.writeString(files.resolve("src/deep/After.java"), "class After {}\n");
    Files.setPosixFilePermissions(
        files.resolve("src/deep"), PosixFilePermissions.fromString("r-xr-xr-x"));

    worktree.setBack(tree);

    assertThat(files.resolve("src/deep/After.java")).doesNotExist();
  }
}
